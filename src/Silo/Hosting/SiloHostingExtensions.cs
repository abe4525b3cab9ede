using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Hosting;

namespace CalendarActors.Silo.Hosting;

/// <summary>A silo, as one call.</summary>
public static class SiloHostingExtensions
{
    /// <summary>Adds the silo with its storage, clustering, reminders, key ring and sweeps. Calling it twice is a bug.</summary>
    public static IHostApplicationBuilder AddCalendarActorsSilo(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IConfiguration configuration = builder.Configuration;
        builder.Services.AddSharedHostingOptions(configuration);
        builder.Services.AddCheckedOptions<DataDirectoryOptions>(
            configuration, DataDirectoryOptions.Section, o => o.Problems());
        builder.Services.AddCheckedOptions<SecretsOptions>(configuration, SecretsOptions.Section, o => o.Problems());
        return builder;
    }
}
