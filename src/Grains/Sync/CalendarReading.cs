using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Answers queries from an opened schedule, or from the busy index alone.</summary>
internal static class CalendarReading
{
    /// <summary>The most entries that one page has.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>True when the busy index knows enough: it has no tombstones and no times of change.</summary>
    public static bool IsAnsweredByIndex(CalendarQuery query) => !query.IncludeDeleted && query.ChangedSince is null;

    /// <summary>A page of events.</summary>
    public static CalendarPage Events(OpenedSchedule opened, ExpandedWindow window, CalendarQuery query)
    {
        QueryScope scope = new(query, window);
        int limit = Math.Clamp(query.Limit, 1, MaxLimit);
        int total = 0;
        bool includesMoved = query.IncludeMoved && opened.Formers.Count > 0;
        DateTimeZone zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(query.ZoneId) ?? DateTimeZone.Utc;
        SortedEntries entries = opened.In(query.ZoneId);
        ReadOnlySpan<Listed> candidates = includesMoved ? entries.All : entries.Between(scope.From, scope.To);
        var page = ImmutableArray.CreateBuilder<EventEntry>(Math.Min(limit, candidates.Length));
        foreach (ref readonly Listed listed in candidates)
        {
            EventEntry entry = listed.Entry;
            if (!(scope.Covers(listed.Owner, entry.StartsAt, entry.EndsAt)
                    || (includesMoved && HasLeft(opened, listed, scope, zone)))
                || (entry.IsDeleted && !query.IncludeDeleted)
                || entry.Updated < query.ChangedSince)
            {
                continue;
            }

            total++;
            if (page.Count < limit && scope.IsBehindPosition(entry.StartsAt, entry.CalendarId, entry.Uid))
            {
                page.Add(scope.IsManaged(listed.Owner) || entry.EventId is null ? entry : entry with { EventId = null });
            }
        }

        return new CalendarPage(page.DrainToImmutable(), total);
    }

    private static bool HasLeft(OpenedSchedule opened, in Listed listed, in QueryScope scope, DateTimeZone zone)
    {
        if (opened.Formers.TryGetValue(listed.Entry.Uid, out List<Former>? formers))
        {
            foreach (Former former in formers)
            {
                Instant start = former.Start.ToInstant(zone);
                if (scope.Covers(listed.Owner, start, Instant.Max(start, former.End.ToInstant(zone))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A page of busy times from an opened schedule.</summary>
    public static BusyPage Busy(OpenedSchedule opened, ExpandedWindow window, CalendarQuery query)
    {
        QueryScope scope = new(query, window);
        using BusyPaging paging = new(opened.CalendarId, scope, query);
        foreach (ref readonly Listed candidate in opened.In(query.ZoneId).Between(scope.From, scope.To))
        {
            if ((query.IncludeDeleted || !candidate.Entry.IsDeleted) && !(candidate.Entry.Updated < query.ChangedSince))
            {
                paging.Add(BusyTime.Of(BusyOf(candidate.Entry), candidate.Owner));
            }
        }

        if (Unknown(opened.CalendarId, opened.UnknownFrom, window) is { } unknown)
        {
            paging.Add(unknown);
        }

        return paging.Page(static (time, _) => time.Entry!);
    }

    /// <summary>A page of busy times from the index: opens nothing.</summary>
    public static BusyPage Busy(BusyIndex index, ExpandedWindow window, CalendarQuery query)
    {
        QueryScope scope = new(query, window);
        DateTimeZone zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(query.ZoneId) ?? DateTimeZone.Utc;
        using BusyPaging paging = new(index.CalendarId, scope, query);
        (int first, int end) = index.Between(scope.From, scope.To);
        for (int number = first; number < end; number++)
        {
            paging.Add(index.TimeAt(number, zone));
        }

        foreach (BusyTime far in index.FarBetween(scope.From, scope.To, zone))
        {
            paging.Add(far);
        }

        if (Unknown(index.CalendarId, index.UnknownFrom, window) is { } unknown)
        {
            paging.Add(unknown);
        }

        return paging.Page(index.EntryOf);
    }

    /// <summary>Everything that is live, in no particular order.</summary>
    public static IEnumerable<BusyTime> All(BusyIndex index, ExpandedWindow window, DateTimeZone zone)
    {
        (int first, int end) = index.Between(null, null);
        for (int number = first; number < end; number++)
        {
            yield return index.TimeAt(number, zone);
        }

        foreach (BusyTime far in index.FarBetween(null, null, zone))
        {
            yield return far;
        }

        if (Unknown(index.CalendarId, index.UnknownFrom, window) is { } unknown)
        {
            yield return unknown;
        }
    }

    // Where the expansion gave up, the rest of the window is listed as one stretch of unknown time.
    private static BusyTime? Unknown(string calendarId, Instant? from, ExpandedWindow window) =>
        from is { } start && start < window.End
            ? BusyTime.Of(
                new BusyEntry(
                    calendarId,
                    HappeningIds.Uid(HappeningIds.Seed(calendarId, "unknown"), recurrenceId: null),
                    EventId: null,
                    Instant.Max(start, window.Start),
                    window.End,
                    IsAllDay: false,
                    StartDay: 0,
                    EndDay: 0,
                    Transparency.Unknown,
                    IsTentative: false,
                    IsDeleted: false),
                owner: null)
            : null;

    /// <summary>What a happening shows of itself to somebody who may only see when it is.</summary>
    public static BusyEntry BusyOf(EventEntry entry) => new(
        entry.CalendarId,
        entry.Uid,
        entry.EventId,
        entry.StartsAt,
        entry.EndsAt,
        entry.Start.IsDate,
        entry.Start.IsDate ? Day(entry.Start) : 0,
        entry.Start.IsDate ? Day(entry.End) : 0,
        entry.Content.Transparency,
        entry.Content.Status == EventStatus.Tentative || entry.Content.Transparency == Transparency.Tentative,
        entry.IsDeleted);

    private static int Day(CalendarTime time) => Period.DaysBetween(new LocalDate(1970, 1, 1), time.Local.Date);
}
