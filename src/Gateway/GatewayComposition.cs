using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.Calendars;
using CalendarActors.Gateway.Channels;
using CalendarActors.Gateway.Connections;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.FreeBusy;
using CalendarActors.Gateway.Hosting;
using CalendarActors.Gateway.Pages;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Gateway.Sync;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway;

/// <summary>The HTTP face, as two calls.</summary>
public static class GatewayComposition
{
    /// <summary>Adds what the endpoints and pages need. The grains' factory comes from a silo or a cluster client.</summary>
    public static WebApplicationBuilder AddCalendarActorsGateway(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSharedHostingOptions(builder.Configuration);
        services.AddCheckedOptions<SecretsOptions>(builder.Configuration, SecretsOptions.Section, o => o.Problems());
        services.AddCheckedOptions<OperatorOptions>(builder.Configuration, OperatorOptions.Section, o => o.Problems());
        services.AddCheckedOptions<RateLimitOptions>(builder.Configuration, RateLimitOptions.Section, o => o.Problems());
        services.AddCheckedOptions<PagesOptions>(builder.Configuration, PagesOptions.Section, o => o.Problems());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(p => DerivedKeys.From(p.GetRequiredService<IOptions<SecretsOptions>>().Value));
        services.TryAddSingleton<RateBudgets>();
        services.TryAddSingleton<BearerTokens>();
        services.TryAddSingleton<ElementTokens>();
        services.TryAddSingleton<ElementDoor>();
        services.TryAddSingleton<ApiGate>();
        services.TryAddSingleton<ClientAuthentication>();
        services.TryAddSingleton<OperatorGate>();
        services.TryAddSingleton<BrowserCookies>();
        builder.Logging.HideQueries();
        services.AddAddressLimits();
        services.AddOpenApiPages();
        services.AddPages(builder.Configuration.ReadOptions<PublicUrlOptions>(PublicUrlOptions.Section).IsHttps);
        return builder;
    }

    /// <summary>Maps every endpoint and page.</summary>
    public static WebApplication MapCalendarActorsGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        bool isHttps = app.Services.GetRequiredService<IOptions<PublicUrlOptions>>().Value.IsHttps;
        app.UseCallerAddress(isHttps);
        app.UseSecurityHeaders(isHttps);
        app.UseFaultPages();

        // Behind the fault pages, which send a request through routing once more.
        app.UseRouting();
        app.UseRateLimiter();
        app.MapPages();
        app.MapOpenApiPages();
        app.MapMetadataEndpoint();
        app.MapOperatorEndpoints();
        app.MapConnectionEndpoints();
        app.MapOperatorChannelEndpoints();
        app.MapTokenEndpoints();
        app.MapAccountEndpoints();
        app.MapLinkTokenEndpoint();
        app.MapElementTokenEndpoint();
        app.MapDelegationEndpoints();
        app.MapCalendarEndpoints();
        app.MapPermissionEndpoints();
        app.MapChannelEndpoints();
        app.MapEventEndpoints();
        app.MapFreeBusyEndpoints();
        app.MapHookEndpoints();
        app.MapBatchEndpoint();
        app.MapUnknownApi();
        return app;
    }
}
