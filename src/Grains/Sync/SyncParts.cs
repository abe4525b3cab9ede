using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>What every calendar of a silo shares.</summary>
internal sealed class SyncParts(
    IProviderCatalog catalog,
    ISecretVault vault,
    ScheduleEnvelope envelope,
    ReadCache cache,
    ProviderLanes lanes,
    SyncMeters meters,
    WatchAddresses watchAddresses,
    IDirectory directory,
    DerivedKeys keys,
    TimeProvider time,
    IGrainFactory grains,
    IOptions<SyncOptions> options,
    ILogger<CalendarGrain> log)
{
    public IProviderCatalog Catalog => catalog;

    public ISecretVault Vault => vault;

    public ScheduleEnvelope Envelope => envelope;

    public ReadCache Cache => cache;

    public ProviderLanes Lanes => lanes;

    public SyncMeters Meters => meters;

    /// <summary>The operator's lists.</summary>
    public IDirectory Directory => directory;

    public WatchAddresses WatchAddresses => watchAddresses;

    /// <summary>Signs the secrets of watches.</summary>
    public ReadOnlyMemory<byte> TokenMac => keys.TokenMac;

    public TimeProvider Time => time;

    public IGrainFactory Grains => grains;

    public SyncOptions Options => options.Value;

    public ILogger Log => log;

    /// <summary>The clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The window of today.</summary>
    public ExpandedWindow Window => ExpandedWindow.At(Now, Options.WindowDaysBack, Options.WindowDaysAhead);

    /// <summary>The name of a managed event at the provider.</summary>
    public string EventKeyOf(string calendarId, ManagedKey key, int incarnation) =>
        EventKeys.Of(keys, calendarId, key, incarnation);

    /// <summary>How a provider's calendar is listed.</summary>
    public CalendarSummary SummaryOf(string connectionId, ProviderCalendar calendar) => new(
        GrainKeys.Calendar(keys, connectionId, calendar.Id),
        calendar.Name,
        calendar.IsReadOnly,
        IsDeleted: false,
        calendar.IsPrimary,
        calendar.Color,
        calendar.ZoneId);
}
