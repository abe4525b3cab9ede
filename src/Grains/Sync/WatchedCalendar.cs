using CalendarActors.Domain.Providers;

namespace CalendarActors.Grains.Sync;

/// <summary>A calendar's events, watched.</summary>
internal sealed class WatchedCalendar(CalendarCopy copy, SyncParts parts) : IWatched
{
    public string Key => copy.CalendarId;

    public string ProviderName => copy.Connected!.ProviderName;

    public IWatches? Watches => parts.Catalog.Find(ProviderName)?.Watches;

    public string? ProviderCalendarId => copy.Connected!.ProviderCalendarId;

    public WatchRecord Record => copy.Rows.Meta.Watch;

    public Task ChangeAsync(Func<WatchRecord, WatchRecord> change) => copy.Rows.ChangeMetaAsync(m => m.With(change(m.Watch)));
}
