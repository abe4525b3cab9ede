using System.Security.Claims;
using CalendarActors.Gateway.Authorization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CalendarActors.Gateway.Operators;

/// <summary>An operator's browser that signed in with the key. Only this, never the API, is opened by the cookie.</summary>
/// <remarks>
/// <c>ca_operator</c>, sealed with the master keys, ends after <see cref="Lifetime"/> without use, with the browser, and with
/// the operator key. Strict: nobody else's page can send it along.
/// </remarks>
internal static class OperatorSession
{
    public const string Scheme = "operator";
    public const string Policy = "operator";
    public const string LoginPath = "/operators/login";

    /// <summary>A session that is used is renewed in its second half.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static IServiceCollection AddOperatorSessions(this IServiceCollection services, bool isHttps)
    {
        // The policy names its scheme. Else the only scheme there is would look for a cookie in every call of the API.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        services.AddAuthentication().AddCookie(Scheme, options =>
        {
            options.Cookie.Name = BrowserCookies.Name("ca_operator", isHttps);
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            options.ExpireTimeSpan = Lifetime;
            options.SlidingExpiration = true;
            options.LoginPath = LoginPath;
            options.AccessDeniedPath = LoginPath;
            options.ReturnUrlParameter = "next";
            options.Events.OnValidatePrincipal = EndWithKeyAsync;
        });
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(Scheme)
            .RequireAuthenticatedUser());
        return services;
    }

    public static Task SignInAsync(HttpContext context, OperatorKey key) => context.SignInAsync(
        Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key.Mark)], Scheme)));

    private static async Task EndWithKeyAsync(CookieValidatePrincipalContext context)
    {
        OperatorKey key = context.HttpContext.RequestServices.GetRequiredService<OperatorKey>();
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) != key.Mark)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
    }
}
