using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Answers queries from an opened schedule.</summary>
internal static class CalendarReading
{
    /// <summary>The most entries that one page has.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>A page of events.</summary>
    public static CalendarPage Events(OpenedSchedule opened, ExpandedWindow window, CalendarQuery query)
    {
        int total = 0;
        ImmutableArray<EventEntry> page = Matching(opened, window, query, _ => true, ref total);
        return new CalendarPage(page, total);
    }

    /// <summary>A page of busy times.</summary>
    public static BusyPage Busy(OpenedSchedule opened, ExpandedWindow window, CalendarQuery query)
    {
        int total = 0;
        ImmutableArray<EventEntry> page =
            Matching(opened, window, query, e => query.IncludeFree || e.IsDeleted || TakesTime(e.Content), ref total);
        return new BusyPage([.. page.Select(BusyOf)], total);
    }

    private static ImmutableArray<EventEntry> Matching(
        OpenedSchedule opened, ExpandedWindow window, CalendarQuery query, Func<EventEntry, bool> isWanted, ref int total)
    {
        int limit = Math.Clamp(query.Limit, 1, MaxLimit);
        Instant from = Instant.Max(query.From ?? window.Start, window.Start);
        Instant to = Instant.Min(query.To ?? window.End, window.End);
        bool isManagedWanted = query.Managed != ManagedEvents.Exclude;
        ReadOnlySpan<Listed> candidates = isManagedWanted
            ? opened.In(query.ZoneId).Between(query.From, query.To)
            : opened.In(query.ZoneId).Between(from, to);
        ImmutableArray<EventEntry>.Builder page = ImmutableArray.CreateBuilder<EventEntry>(Math.Min(limit, candidates.Length));
        foreach (ref readonly Listed listed in candidates)
        {
            EventEntry entry = listed.Entry;
            bool isManaged = listed.Owner?.ClientId == query.ClientId;
            bool isInTime = isManaged
                ? (query.From is null || entry.EndsAt >= query.From) && (query.To is null || entry.StartsAt < query.To)
                : entry.EndsAt >= from && entry.StartsAt < to;
            if (!isInTime
                || (isManaged ? !isManagedWanted : query.Managed == ManagedEvents.Only)
                || (entry.IsDeleted && !query.IncludeDeleted)
                || entry.Updated < query.ChangedSince
                || !isWanted(entry))
            {
                continue;
            }

            total++;
            if (page.Count < limit && (query.After is null || OrderTo(entry, query.After) > 0))
            {
                page.Add(isManaged || entry.EventId is null ? entry : entry with { EventId = null });
            }
        }

        return page.DrainToImmutable();
    }

    private static int OrderTo(EventEntry entry, PagePosition other)
    {
        int order = entry.StartsAt.CompareTo(other.Start);
        order = order != 0 ? order : string.CompareOrdinal(entry.CalendarId, other.CalendarId);
        return order != 0 ? order : string.CompareOrdinal(entry.Uid, other.Uid);
    }

    private static bool TakesTime(EventContent content) =>
        content.Transparency is not (Transparency.Transparent or Transparency.WorkingElsewhere);

    private static BusyEntry BusyOf(EventEntry entry) => new(
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
