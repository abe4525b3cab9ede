using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Composition of the Microsoft adapter.</summary>
internal static class MicrosoftComposition
{
    /// <summary>Adds the adapter when the section names an application; otherwise its options only.</summary>
    public static IServiceCollection AddMicrosoft(this IServiceCollection services, IConfiguration configuration)
    {
        IConfigurationSection section = configuration.GetSection(MicrosoftOptions.Section);
        services.AddOptions<MicrosoftOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<MicrosoftOptions>, MicrosoftOptionsValidator>());
        if (!string.IsNullOrWhiteSpace(section[nameof(MicrosoftOptions.ClientId)]))
        {
            services.TryAddSingleton<MicrosoftTransport>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<ICalendarProvider, MicrosoftCalendarProvider>());
        }

        return services;
    }
}
