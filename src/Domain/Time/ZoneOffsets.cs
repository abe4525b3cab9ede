using CalendarActors.Domain.Recurrence;
using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Time;

/// <summary>The offsets of a zone definition over a span, stretch by stretch.</summary>
internal sealed class ZoneOffsets
{
    private readonly Interval _span;
    private readonly List<(Instant From, Offset Offset)> _stretches = [];

    private ZoneOffsets(Interval span) => _span = span;

    /// <summary>Reads a definition; null when its rules ask for more than the work allowed.</summary>
    internal static ZoneOffsets? Of(IReadOnlyList<ZoneObservance> observances, Interval span)
    {
        List<(Instant At, Offset From, Offset To)> onsets = [];
        WorkBudget budget = new(RecurrenceLimits.MaxSteps);
        foreach (ZoneObservance observance in observances)
        {
            AddOnsets(observance, span, budget, onsets);
        }

        if (budget.IsExceeded || onsets.Count > RecurrenceLimits.MaxOccurrences)
        {
            return null;
        }

        onsets.Sort((one, other) => one.At.CompareTo(other.At));
        ZoneOffsets offsets = new(span);
        offsets.Add(span.Start, onsets[0].From);
        foreach ((Instant at, _, Offset to) in onsets)
        {
            if (at < span.End)
            {
                offsets.Add(Instant.Max(at, span.Start), to);
            }
        }

        return offsets;
    }

    /// <summary>True when the zone has the same offsets throughout the span.</summary>
    internal bool AreThoseOf(string zoneId)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[zoneId];
        int i = 0;
        foreach (ZoneInterval interval in zone.GetZoneIntervals(
            _span, ZoneEqualityComparer.Options.OnlyMatchWallOffset))
        {
            Instant from = interval.HasStart ? Instant.Max(interval.Start, _span.Start) : _span.Start;
            if (i == _stretches.Count || _stretches[i] != (from, interval.WallOffset))
            {
                return false;
            }

            i++;
        }

        return i == _stretches.Count;
    }

    private void Add(Instant from, Offset offset)
    {
        if (_stretches.Count > 0 && _stretches[^1].From == from)
        {
            _stretches.RemoveAt(_stretches.Count - 1);
        }

        if (_stretches.Count == 0 || _stretches[^1].Offset != offset)
        {
            _stretches.Add((from, offset));
        }
    }

    // Onsets are wall times at the offset before them, so the clock that reads them never changes (RFC 5545 section
    // 3.6.5); the rule's UNTIL is in UTC.
    private static void AddOnsets(
        ZoneObservance observance, Interval span, WorkBudget budget, List<(Instant At, Offset From, Offset To)> onsets)
    {
        WallClock clock = new(DateTimeZone.ForOffset(observance.OffsetFrom));
        List<long> walls = [WallSeconds.Of(observance.Onset)];
        walls.AddRange(observance.FurtherOnsets.Select(WallSeconds.Of));
        if (observance.Rule is RecurrenceRule rule)
        {
            long last = clock.ToWall(span.End);
            last = rule.Until is CalendarTime until ? Math.Min(last, LastWall(until, clock)) : last;
            RuleWalk.Collect(rule, walls[0], wholeDays: false, WallSeconds.Min, last, budget, walls);
        }

        foreach (long wall in walls)
        {
            Instant at = clock.ToInstant(WallSeconds.ToLocal(wall, 0));
            onsets.Add((at, observance.OffsetFrom, observance.OffsetTo));
        }
    }

    private static long LastWall(CalendarTime until, WallClock clock) => until.IsDate
        ? WallSeconds.Of(until.Local) + WallSeconds.PerDay - 1
        : clock.ToWall(until.ToInstant(clock.Zone));
}
