using System.Reflection;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalendarActors.Gateway.Pages;

/// <summary>The pages that people see.</summary>
internal static class PagesComposition
{
    public static IServiceCollection AddPages(this IServiceCollection services, bool isHttps)
    {
        services.AddLocalization();
        services.AddRazorPages(options => options.RootDirectory = "/Pages")
            .ConfigureApplicationPartManager(AddOwnParts);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = BrowserCookies.Name("ca_form", isHttps);
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.Cookie.Path = "/";

            // frame-ancestors 'none' says more.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.UseMasterKeyProtection();
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (IsPage(context.Request.Path))
            {
                // As antiforgery writes it: anything else it overrides with a warning.
                context.Response.Headers.CacheControl = "no-cache, no-store";
            }

            return next(context);
        });
        app.MapRazorPages().WithMetadata(new ExcludeFromDescriptionAttribute());
        app.MapStyleSheet();
    }

    /// <summary>True for what a person looks at, and not a program.</summary>
    public static bool IsPage(PathString path) =>
        path == "/oauth/authorize"
        || path == "/enterprise_connect/oauth/authorize"
        || path.StartsWithSegments("/connect", StringComparison.Ordinal)
        || path.StartsWithSegments("/permissions", StringComparison.Ordinal)
        || path.StartsWithSegments("/relink", StringComparison.Ordinal)
        || path.StartsWithSegments("/operators", StringComparison.Ordinal);

    /// <summary>In Standalone the pages are in another assembly than the program's.</summary>
    private static void AddOwnParts(ApplicationPartManager manager)
    {
        Assembly own = typeof(PagesComposition).Assembly;
        if (manager.ApplicationParts.Any(part => part.Name == own.GetName().Name))
        {
            return;
        }

        foreach (ApplicationPart part in ApplicationPartFactory.GetApplicationPartFactory(own).GetApplicationParts(own))
        {
            manager.ApplicationParts.Add(part);
        }
    }

    /// <summary>Ours instead of the framework's key ring, whose start would make a key file that nobody uses.</summary>
    private static void UseMasterKeyProtection(this IServiceCollection services)
    {
        services.RemoveAll<IDataProtectionProvider>();
        services.AddSingleton<IDataProtectionProvider, MasterKeyProtection>();
        Assembly framework = typeof(DataProtectionServiceCollectionExtensions).Assembly;
        foreach (ServiceDescriptor start in services
            .Where(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Assembly == framework).ToArray())
        {
            services.Remove(start);
        }
    }
}
