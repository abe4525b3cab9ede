using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.CalDav;
using CalendarActors.Providers.Google;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Native;
using CalendarActors.Providers.Outbound;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers;

/// <summary>Composition of the edge: every provider adapter, and the one way out of the house.</summary>
public static class CalendarActorsProviders
{
    /// <summary>Adds the adapters, their catalog and the guarded outbound HTTP.</summary>
    /// <param name="services">Where to add.</param>
    /// <param name="configuration">The root: sections below <c>CalendarActors</c> are read.</param>
    public static IServiceCollection AddCalendarActorsProviders(
        this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OutboundOptions>().Bind(configuration.GetSection(OutboundOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        services.TryAddSingleton<AddressGuard>();
        services.TryAddSingleton<OutboundHttp>();
        services.TryAddSingleton<CallbackLanes>();
        services.TryAddSingleton<ICallbackSender, CallbackSender>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICalendarProvider, CalDavProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICalendarProvider, NativeCalendarProvider>());
        services.AddGoogle(configuration);
        services.AddMicrosoft(configuration);
        services.TryAddSingleton<IProviderCatalog, ProviderCatalog>();
        return services;
    }
}
