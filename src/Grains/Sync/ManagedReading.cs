using System.Collections.Immutable;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Says when managed events happen and what they carry, from what readers see.</summary>
internal static class ManagedReading
{
    public static async Task<CalendarTimes> TimesAsync(
        CalendarCopy copy, ReadCache cache, ImmutableArray<TimesQuery> events, CancellationToken cancellationToken)
    {
        if (copy.Connected is null)
        {
            return new CalendarTimes(false, []);
        }

        OpenedSchedule opened = await cache.OpenAsync(copy.Snapshot, cancellationToken);
        ILookup<ManagedKey, EventEntry> managed = opened.All.Where(l => l.Owner is not null).ToLookup(l => l.Owner!.Value, l => l.Entry);
        return new CalendarTimes(true, [.. events.Select(e => TimesOf(managed[new ManagedKey(e.ClientId, e.EventId)], e.From))]);
    }

    /// <summary>True when a managed event of an application, as readers see it, has a file by a link that ends in this path.</summary>
    public static async Task<bool> CarriesAsync(
        CalendarCopy copy, ReadCache cache, string clientId, string personId, string path, CancellationToken cancellationToken) =>
        copy.Connected?.PersonId == personId
        && (await cache.OpenAsync(copy.Snapshot, cancellationToken)).All.Any(l => l.Owner?.ClientId == clientId && !l.Entry.IsDeleted
            && l.Entry.Content.Attachments.Any(a => a.Url.EndsWith(path, StringComparison.Ordinal)));

    private static ManagedTimes TimesOf(IEnumerable<EventEntry> entries, Instant from)
    {
        // A tombstone tells when an event went, unless it is there again.
        EventEntry[] live = [.. entries.Where(e => !e.IsDeleted)];
        return new ManagedTimes(
            live.Length > 0,
            Array.Exists(live, e => e.SeriesId is not null),
            (live.Length > 0 ? live : entries).Max(e => (Instant?)e.Updated),
            [
                .. live.Where(e => e.EndsAt >= from)
                    .OrderBy(e => e.StartsAt)
                    .Take(SubscriptionLimits.Happenings)
                    .Select(e => new HappeningTimes(e.Uid, e.Start, e.End, e.StartsAt, e.EndsAt)),
            ]);
    }
}
