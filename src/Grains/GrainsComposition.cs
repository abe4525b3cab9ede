using CalendarActors.Grains.Attachments;
using CalendarActors.Grains.Authorization;
using CalendarActors.Grains.Availability;
using CalendarActors.Grains.Channels;
using CalendarActors.Grains.Grants;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Triggers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CalendarActors.Grains;

/// <summary>What the grains need beside the ports, as one call.</summary>
public static class GrainsComposition
{
    /// <summary>Adds the grains' options and collaborators. Repeating it is harmless.</summary>
    /// <param name="services">Where they are added.</param>
    /// <param name="configuration">The root.</param>
    public static IServiceCollection AddCalendarActorsGrains(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCheckedOptions<RateLimitOptions>(configuration, RateLimitOptions.Section, o => o.Problems());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSync(configuration);
        services.AddCheckedOptions<ChannelOptions>(configuration, ChannelOptions.Section, o => o.Problems());
        services.TryAddSingleton<ChannelMeters>();
        services.TryAddSingleton<ChannelParts>();
        services.TryAddSingleton<GrantAccount>();
        services.TryAddSingleton<GrantAvailability>();
        services.TryAddSingleton<GrantSchedule>();
        services.TryAddSingleton<GrantWrites>();
        services.TryAddSingleton<GrantClearing>();
        services.TryAddSingleton<GrantExternals>();
        services.TryAddSingleton<GrantHolds>();
        services.TryAddSingleton<PageCursors>();
        services.TryAddSingleton<WeeklyHoursCache>();
        services.TryAddSingleton<ProvedLogin>();
        services.TryAddSingleton<ProviderTrip>();
        services.TryAddSingleton<RequestLinking>();
        services.TryAddSingleton<RequestProfiles>();
        services.TryAddSingleton<TriggerMeters>();
        services.TryAddSingleton<TriggerParts>();
        services.AddCheckedOptions<AttachmentOptions>(configuration, AttachmentOptions.Section, o => o.Problems());
        services.TryAddSingleton<AttachmentParts>();
        return services;
    }

    private static void AddSync(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<SyncOptions>(configuration, SyncOptions.Section, o => o.Problems());
        services.TryAddSingleton<ScheduleEnvelope>();
        services.TryAddSingleton<ReadCache>();
        services.TryAddSingleton<ProviderLanes>();
        services.TryAddSingleton<SyncMeters>();
        services.AddCheckedOptions<PublicUrlOptions>(configuration, PublicUrlOptions.Section, o => o.Problems());
        services.TryAddSingleton<WatchAddresses>();
        services.TryAddSingleton<SyncParts>();
    }
}
