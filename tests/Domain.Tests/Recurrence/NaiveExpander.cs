using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>An independent oracle: writes out the whole series from its start on, then looks at each entry.</summary>
/// <remarks>
/// Shares the product's decisions (<c>docs/time.md</c>), not its code. Known differences of the two: none. Not asked
/// here, because the oracle would need the product's own tables to answer: fractions of a second, years near the ends
/// of the calendar, and truncation.
/// </remarks>
internal static class NaiveExpander
{
    internal sealed record Happening(Instant StartsAt, Instant EndsAt, Instant Key, string Summary);

    private sealed record Base(LocalDateTime Wall, Instant Key, CalendarTime? OwnEnd);

    internal static List<Happening> Expand(CalendarObject series, Interval window, DateTimeZone zone)
    {
        EventDefinition master = series.Master!;
        // Overrides of the generator move by at most 40 days.
        LocalDate last = window.End.InUtc().Date.PlusDays(series.Overrides.IsEmpty ? 2 : 45);

        List<Happening> all = [];
        HashSet<Instant> overridden = [];
        foreach (IGrouping<Instant, EventOverride> same in series.Overrides.GroupBy(o => KeyOf(o.RecurrenceId, master, zone)))
        {
            EventOverride winner = same.LastOrDefault(o => !o.ThisAndFuture) ?? same.Last();
            overridden.Add(same.Key);
            Show(all, winner.Definition, winner.Definition.Start, same.Key, zone);
        }

        foreach (Base happening in Bases(series, last, zone))
        {
            if (overridden.Contains(happening.Key) || IsExcluded(series, happening, zone))
            {
                continue;
            }

            EventOverride? governing = series.Overrides
                .Where(o => o.ThisAndFuture && KeyOf(o.RecurrenceId, master, zone) <= happening.Key)
                .OrderBy(o => KeyOf(o.RecurrenceId, master, zone))
                .LastOrDefault();
            if (governing is not null)
            {
                LocalDateTime named = WallOf(governing.RecurrenceId, master, zone);
                Period shift = Period.Between(named, governing.Definition.Start.Local, PeriodUnits.Seconds);
                CalendarTime start = governing.Definition.Start.WithLocal(happening.Wall + shift);
                Show(all, governing.Definition, start, happening.Key, zone);
            }
            else if (happening.OwnEnd is CalendarTime end)
            {
                CalendarTime start = master.Start.WithLocal(happening.Wall);
                Show(all, master with { Start = start, End = end }, start, happening.Key, zone);
            }
            else
            {
                Show(all, master, master.Start.WithLocal(happening.Wall), happening.Key, zone);
            }
        }

        return [.. all
            .Where(h => h.StartsAt < window.End && (h.EndsAt > window.Start || h.StartsAt >= window.Start))
            .OrderBy(h => h.StartsAt).ThenBy(h => h.Key)];
    }

    private static List<Base> Bases(CalendarObject series, LocalDate last, DateTimeZone zone)
    {
        EventDefinition master = series.Master!;
        ILookup<bool, Base> added = series.Added.ToLookup(
            a => a.End is not null,
            a => new Base(WallOf(a.Start, master, zone), KeyOf(a.Start, master, zone), a.End));
        List<Base> bases = [.. added[true]];
        bases.Add(new Base(master.Start.Local, KeyOf(master.Start, master, zone), null));
        foreach (RecurrenceRule rule in series.Rules)
        {
            foreach (LocalDateTime wall in NaiveRule.Walls(rule, master.Start.Local, master.Start.IsDate, last))
            {
                CalendarTime start = master.Start.WithLocal(wall);
                if (rule.Until is not CalendarTime until || IsBefore(start, until, zone))
                {
                    bases.Add(new Base(wall, KeyOf(start, master, zone), null));
                }
            }
        }

        return [.. bases.Concat(added[false]).DistinctBy(b => b.Key)];
    }

    private static bool IsBefore(CalendarTime start, CalendarTime until, DateTimeZone zone) =>
        start.IsDate || until.IsDate ? start.Local.Date <= until.Local.Date
        : until.Kind == TimeKind.Floating ? start.Local <= until.Local
        : InstantOf(start, zone) <= InstantOf(until, zone);

    private static bool IsExcluded(CalendarObject series, Base happening, DateTimeZone zone) => series.Excluded.Any(e =>
        e.IsDate
            ? e.Local.Date == happening.Wall.Date
            : KeyOf(e, series.Master!, zone) == happening.Key);

    private static LocalDateTime WallOf(CalendarTime written, EventDefinition master, DateTimeZone zone)
    {
        if (written.Kind == master.Start.Kind && written.ZoneId == master.Start.ZoneId)
        {
            return written.Local;
        }

        if (master.Start.IsDate)
        {
            return written.Local.TimeOfDay == LocalTime.Midnight
                ? written.Local
                : InstantOf(written, zone).InZone(zone).Date.AtMidnight();
        }

        return written.IsDate
            ? written.Local.Date + master.Start.Local.TimeOfDay
            : InstantOf(written, zone).InZone(ZoneOf(master.Start, zone)).LocalDateTime;
    }

    private static Instant KeyOf(CalendarTime written, EventDefinition master, DateTimeZone zone)
    {
        LocalDateTime wall = WallOf(written, master, zone);
        return master.Start.IsDate ? wall.InUtc().ToInstant() : InstantOf(wall, ZoneOf(master.Start, zone));
    }

    private static void Show(
        List<Happening> all, EventDefinition definition, CalendarTime start, Instant key, DateTimeZone zone)
    {
        if (definition.Content.Status == EventStatus.Cancelled)
        {
            return;
        }

        Instant startsAt = InstantOf(start, zone);
        Instant endsAt;
        if (definition.Start.IsDate)
        {
            int days = Period.DaysBetween(definition.Start.Local.Date, definition.End.Local.Date);
            endsAt = InstantOf(CalendarTime.OnDate(start.Local.Date.PlusDays(days)), zone);
        }
        else
        {
            Instant first = InstantOf(definition.Start, zone);
            Duration length = InstantOf(definition.End, zone) - first;
            bool isSkipped = first.InZone(ZoneOf(definition.Start, zone)).LocalDateTime != definition.Start.Local;
            if ((isSkipped || length < Duration.Zero) && definition.Start.ZoneId == definition.End.ZoneId)
            {
                length = definition.End.Local.InUtc().ToInstant() - definition.Start.Local.InUtc().ToInstant();
            }

            endsAt = startsAt + Duration.Max(length, Duration.Zero);
        }

        all.Add(new Happening(startsAt, endsAt, key, definition.Content.Summary));
    }

    private static Instant InstantOf(CalendarTime time, DateTimeZone zone) =>
        time.IsDate ? InstantOf(time.Local, zone, wholeDay: true) : InstantOf(time.Local, ZoneOf(time, zone));

    private static Instant InstantOf(LocalDateTime local, DateTimeZone zone, bool wholeDay = false)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count > 0 ? mapping.First().ToInstant()
            : wholeDay ? mapping.LateInterval.Start
            : local.WithOffset(mapping.EarlyInterval.WallOffset).ToInstant();
    }

    private static DateTimeZone ZoneOf(CalendarTime time, DateTimeZone zone) => time.Kind switch
    {
        TimeKind.Utc => DateTimeZone.Utc,
        TimeKind.Zoned => DateTimeZoneProviders.Tzdb[time.ZoneId!],
        _ => zone,
    };
}
