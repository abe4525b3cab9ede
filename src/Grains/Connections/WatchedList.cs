using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Sync;

namespace CalendarActors.Grains.Connections;

/// <summary>The list of a login's calendars, watched.</summary>
internal sealed class WatchedList(string connectionId, ConnectionRows rows, SyncParts parts) : IWatched
{
    public string Key => connectionId;

    public string ProviderName => rows.Meta.ProviderName;

    public IWatches? Watches => parts.Catalog.Find(ProviderName)?.Watches is { CoverLists: true } watches ? watches : null;

    public string? ProviderCalendarId => null;

    public WatchRecord Record => new(rows.Meta.Watches, rows.Meta.WatchFailures, rows.Meta.WatchNotBefore);

    public Task ChangeAsync(Func<WatchRecord, WatchRecord> change) => rows.ChangeAsync(m =>
    {
        WatchRecord next = change(new WatchRecord(m.Watches, m.WatchFailures, m.WatchNotBefore));
        return m with { Watches = next.Held, WatchFailures = next.Failures, WatchNotBefore = next.NotBefore };
    });
}
