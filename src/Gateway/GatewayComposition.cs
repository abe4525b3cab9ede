using CalendarActors.Domain.Secrets;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using CalendarActors.Gateway.Attachments;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.Availability;
using CalendarActors.Gateway.BookableEvents;
using CalendarActors.Gateway.Calendars;
using CalendarActors.Gateway.Channels;
using CalendarActors.Gateway.Connections;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.FreeBusy;
using CalendarActors.Gateway.Holds;
using CalendarActors.Gateway.Hosting;
using CalendarActors.Gateway.Operators;
using CalendarActors.Gateway.Pages;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Gateway.Sync;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Attachments;
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
        services.AddCheckedOptions<AttachmentOptions>(builder.Configuration, AttachmentOptions.Section, o => o.Problems());
        services.AddCheckedOptions<PagesOptions>(builder.Configuration, PagesOptions.Section, o => o.Problems());
        services.AddCheckedOptions<ProxyOptions>(builder.Configuration, ProxyOptions.Section, o => o.Problems());
        services.AddCheckedOptions<DrainOptions>(builder.Configuration, DrainOptions.Section, o => o.Problems());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(p => DerivedKeys.From(p.GetRequiredService<IOptions<SecretsOptions>>().Value));
        services.TryAddSingleton<RateBudgets>();
        services.TryAddSingleton<BearerTokens>();
        services.TryAddSingleton<ElementTokens>();
        services.TryAddSingleton<ElementDoor>();
        services.TryAddSingleton<ApiGate>();
        services.TryAddSingleton<ClientAuthentication>();
        services.TryAddSingleton<OperatorKey>();
        services.TryAddSingleton<OperatorGate>();
        services.TryAddSingleton<BrowserCookies>();
        services.AddDrain();
        builder.Logging.HideQueries();
        services.AddAddressLimits();
        services.AddOpenApiPages();
        bool isHttps = builder.Configuration.ReadOptions<PublicUrlOptions>(PublicUrlOptions.Section).IsHttps;
        services.AddPages(isHttps);
        services.AddOperatorSessions(isHttps);
        return builder;
    }

    /// <summary>Maps every endpoint and page.</summary>
    public static WebApplication MapCalendarActorsGateway(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        bool isHttps = app.Services.GetRequiredService<IOptions<PublicUrlOptions>>().Value.IsHttps;
        app.UseCallerAddress(isHttps, app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value);
        app.UseFaultPages();

        // Behind the fault pages, which begin an answer anew and send the request through what follows once more.
        app.UseSecurityHeaders(isHttps);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPages();
        app.MapOpenApiPages();
        app.MapMetadataEndpoint();
        app.MapDashboard();
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
        app.MapAvailabilityEndpoints();
        app.MapHoldEndpoints();
        app.MapBookableEventEndpoints();
        app.MapAttachmentEndpoints();
        app.MapHookEndpoints();
        app.MapBatchEndpoint();
        app.MapUnknownApi();
        return app;
    }
}
