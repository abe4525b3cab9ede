using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Google;

/// <summary>Composition of this folder.</summary>
internal static class GoogleComposition
{
    /// <summary>Adds the adapter; nothing where no client id is configured, so that Google is not offered.</summary>
    public static IServiceCollection AddGoogle(this IServiceCollection services, IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(GoogleOptions.Section);
        services.AddOptions<GoogleOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GoogleOptions>, GoogleOptionsValidator>());
        if (string.IsNullOrWhiteSpace(section[nameof(GoogleOptions.ClientId)]))
        {
            return services;
        }

        services.TryAddSingleton<GoogleTransport>();
        services.TryAddSingleton<GoogleLogin>();
        services.TryAddSingleton<GoogleWatches>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICalendarProvider, GoogleCalendarProvider>());
        return services;
    }
}
