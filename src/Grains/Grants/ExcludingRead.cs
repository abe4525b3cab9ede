using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>When a person is busy, as if some events were not there: their calendars are read event by event.</summary>
internal sealed class ExcludingRead(IGrainFactory grains, string clientId, GrantedCalendars calendars, ExpandedWindow window)
{
    private const int PageSize = 1_000;

    // A constraint counts whole weeks, of which the first and the last begin and end outside of what is asked.
    private static readonly Duration Margin = Duration.FromDays(8);

    public async Task<PersonBusy> BusyAsync(ImmutableArray<string> ids, MemberQuery query, CancellationToken cancellationToken)
    {
        Instant from = Instant.FromUnixTimeSeconds(query.From) - Margin;
        Instant to = Instant.FromUnixTimeSeconds(query.To) + Margin;
        List<BusyEntry> kept = [];
        foreach (Task<List<BusyEntry>> reading in ids.Select(id => ReadAsync(id, from, to, cancellationToken)).ToArray())
        {
            kept.AddRange((await reading).Where(entry => !query.Excluded.Any(e => IsMeant(e, entry))));
        }

        Stretch[] notKept = await Task.WhenAll(ids.Select(id => NotKeptAsync(id, cancellationToken)));
        bool IsFree(Transparency t) => !t.TakesTime() || (!query.Free.IsDefaultOrEmpty && query.Free.Contains(t));
        ILookup<bool, Stretch> taken = kept.Where(e => !IsFree(e.Transparency)).ToLookup(
            e => e.Transparency is Transparency.Unknown, e => Stretch.Covering(e.StartsAt, e.EndsAt));
        return PersonBusy.Of(
            TimeSet.Of(taken[false]),
            TimeSet.Of(taken[true].Concat(IsFree(Transparency.Unknown) ? [] : notKept)),
            query.Constraints.IsEmpty ? [] : [.. kept.Where(e => e.EventId is not null).Select(e => e.StartsAt.ToUnixTimeSeconds())]);
    }

    private async Task<Stretch> NotKeptAsync(string calendarId, CancellationToken cancellationToken) =>
        calendars.Find(calendarId)!.Value.Connection.ProviderName == ProviderNames.Native
            ? default
            : BusyTimesReading.NotKept(window, (await grains.Calendar(calendarId).Status(cancellationToken)).Generation > 0);

    private static bool IsMeant(ExcludedEvent excluded, BusyEntry entry) =>
        (excluded.CalendarId is null || excluded.CalendarId == entry.CalendarId)
        && (excluded.EventId is null ? excluded.EventUid == entry.Uid : excluded.EventId == entry.EventId);

    private async Task<List<BusyEntry>> ReadAsync(string calendarId, Instant from, Instant to, CancellationToken cancellationToken)
    {
        CalendarQuery query = new(
            clientId,
            from,
            to,
            calendars.Find(calendarId)!.Value.Calendar.ZoneId ?? "Etc/UTC",
            ManagedEvents.Include,
            IncludeDeleted: false,
            IncludeFree: true,
            ChangedSince: null,
            After: null,
            PageSize);
        List<BusyEntry> all = [];
        while (true)
        {
            BusyPage page = await grains.Calendar(calendarId).ReadBusy(query, cancellationToken);
            all.AddRange(page.Entries);
            if (page.Entries.Length < PageSize)
            {
                return all;
            }

            query = query with { After = EntryOrder.PositionOf(page.Entries[^1]) };
        }
    }
}
