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

/// <summary>A person's calendars, read event by event: for questions that leave some out, or ask which they are.</summary>
internal sealed class EventwiseRead(IGrainFactory grains, CheckedGrant grant, GrantedCalendars calendars, ExpandedWindow window)
{
    private const int PageSize = 1_000;

    private static readonly ImmutableArray<Transparency> AllButUnknown =
        [.. Enum.GetValues<Transparency>().Where(t => t is not Transparency.Unknown)];

    // A constraint counts whole weeks, of which the first and the last begin and end outside of what is asked.
    private static readonly Duration Margin = Duration.FromDays(8);

    /// <summary>When the person is busy, as if the excluded events were not there.</summary>
    public async Task<PersonBusy> BusyAsync(ImmutableArray<string> ids, MemberQuery query, CancellationToken cancellationToken)
    {
        Task<PersonBusy> holding = grains.Schedule(grant.PersonId).Busy(new BusyQuery([], query.From, query.To, [], null), cancellationToken);

        // Asked first: a calendar that is read as a whole in between was not known when its events were asked for.
        TimeSet notKept = IsFree(query, Transparency.Unknown) ? TimeSet.Empty : await NotKeptAsync(ids, query, cancellationToken);
        List<BusyEntry> counted = await CountedAsync(
            ids, query, Instant.FromUnixTimeSeconds(query.From) - Margin, Instant.FromUnixTimeSeconds(query.To) + Margin, cancellationToken);
        ILookup<bool, Stretch> taken = counted.Where(e => !IsFree(query, e.Transparency)).ToLookup(
            e => e.Transparency is Transparency.Unknown, StretchOf);
        return PersonBusy.Of(
            TimeSet.Of(taken[false]),
            TimeSet.OfEdges((await holding).Edges),
            TimeSet.Union([TimeSet.Of(taken[true]), notKept]),
            query.Constraints.IsEmpty ? [] : [.. counted.Where(e => e.EventId is not null).Select(e => e.StartsAt.ToUnixTimeSeconds())]);
    }

    /// <summary>What keeps the person busy at times that are to be explained.</summary>
    public async Task<ImmutableArray<BusyEntry>> EventsAsync(
        ImmutableArray<string> ids, MemberQuery query, CancellationToken cancellationToken)
    {
        TimeSet explained = TimeSet.OfEdges(query.Explained).Intersect(TimeSet.Of(new Stretch(query.From, query.To)));
        if (explained.Count == 0)
        {
            return [];
        }

        List<BusyEntry> counted = await CountedAsync(
            ids,
            query,
            Instant.FromUnixTimeSeconds(explained[0].Start),
            Instant.FromUnixTimeSeconds(explained[explained.Count - 1].End),
            cancellationToken);
        return
        [
            .. counted
                .Where(e => !IsFree(query, e.Transparency) && explained.FirstIn(StretchOf(e)) is not null)
                .OrderBy(e => e.StartsAt).ThenBy(e => e.EndsAt).ThenBy(e => e.CalendarId, StringComparer.Ordinal)
                .Take(PageSize),
        ];
    }

    private static bool IsFree(MemberQuery query, Transparency transparency) =>
        !transparency.TakesTime() || (!query.Free.IsDefaultOrEmpty && query.Free.Contains(transparency));

    private static Stretch StretchOf(BusyEntry entry) => Stretch.Covering(entry.StartsAt, entry.EndsAt);

    private static bool IsMeant(ExcludedEvent excluded, BusyEntry entry) =>
        (excluded.CalendarId is null || excluded.CalendarId == entry.CalendarId)
        && (excluded.EventId is null ? excluded.EventUid == entry.Uid : excluded.EventId == entry.EventId);

    /// <summary>The time of which nothing is known. Where series of an application's calendar go on to, its schedule knows.</summary>
    private async Task<TimeSet> NotKeptAsync(ImmutableArray<string> ids, MemberQuery query, CancellationToken cancellationToken)
    {
        ILookup<bool, string> areNative = ids.ToLookup(id => calendars.Find(id)!.Value.Connection.ProviderName == ProviderNames.Native);
        Stretch[] remote = await Task.WhenAll(areNative[false].Select(async id =>
            BusyTimesReading.NotKept(window, (await grains.Calendar(id).Status(cancellationToken)).Generation > 0)));
        Stretch behind = new(Math.Max(query.From, window.End.ToUnixTimeSeconds()), query.To);
        if (behind.IsEmpty || !areNative[true].Any())
        {
            return TimeSet.Of(remote);
        }

        PersonBusy native = await grains.Schedule(grant.PersonId).Busy(
            new BusyQuery([.. areNative[true]], behind.Start, behind.End, AllButUnknown, null), cancellationToken);
        return TimeSet.Union([TimeSet.Of(remote), TimeSet.OfEdges(native.Edges)]);
    }

    /// <summary>All that is not excluded.</summary>
    private async Task<List<BusyEntry>> CountedAsync(
        ImmutableArray<string> ids, MemberQuery query, Instant from, Instant to, CancellationToken cancellationToken)
    {
        List<BusyEntry>[] read = await Task.WhenAll(ids.Select(id => ReadAsync(id, from, to, cancellationToken)));
        return [.. read.SelectMany(r => r).Where(entry => !query.Excluded.Any(e => IsMeant(e, entry)))];
    }

    private async Task<List<BusyEntry>> ReadAsync(string calendarId, Instant from, Instant to, CancellationToken cancellationToken)
    {
        CalendarQuery query = new(
            grant.ClientId,
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
