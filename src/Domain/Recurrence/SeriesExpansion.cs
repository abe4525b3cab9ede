using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>Expands a series with a master.</summary>
/// <remarks>
/// <list type="number">
/// <item>Find the stretch of the master's wall that can reach into the window, under any of its overrides.</item>
/// <item>Collect the starts that the rules give there, <c>UNTIL</c> applied.</item>
/// <item>
/// Place each instant once: as the added date that says when it ends, else as the first occurrence or a collected
/// start, else as an added date; unless it is excluded or overridden.
/// </item>
/// <item>Place the overrides.</item>
/// </list>
/// </remarks>
internal sealed class SeriesExpansion
{
    private readonly CalendarObject _series;
    private readonly EventDefinition _master;
    private readonly Interval _window;
    private readonly WallClocks _clocks;
    private readonly SeriesNaming _naming;
    private readonly Overrides _overrides;
    private readonly Excluded? _excluded;
    private readonly OccurrenceList _occurrences;
    private readonly HashSet<Instant> _placed = [];
    private readonly ExpansionAllowance? _allowance;
    private readonly WorkBudget _budget;
    private Instant? _unknownFrom;

    internal SeriesExpansion(
        CalendarObject series, EventTimes master, Interval window, WallClocks clocks, ExpansionAllowance? allowance)
    {
        _allowance = allowance;
        _budget = new WorkBudget(Math.Min(RecurrenceLimits.MaxSteps, allowance?.Steps ?? int.MaxValue));
        _series = series;
        _master = master.Definition;
        _window = window;
        _clocks = clocks;
        _naming = new SeriesNaming(_master.Start, clocks);
        _overrides = new Overrides(series.Overrides, master, _naming, clocks);
        _excluded = series.Excluded.IsEmpty ? null : new Excluded(series.Excluded, _naming);
        _occurrences = new OccurrenceList(window);
    }

    internal Expansion Run()
    {
        List<long> walls = [];
        (long low, long high) = WallsReachingWindow();
        foreach (RecurrenceRule rule in _series.Rules)
        {
            CollectStarts(rule, low, high, walls);
        }

        KeepEarliest(walls);
        PlaceAdded(withEnd: true);
        PlaceStarts(walls);
        PlaceAdded(withEnd: false);
        PlaceOverrides();
        Expansion expansion = _occurrences.ToExpansion(
            Math.Min(RecurrenceLimits.MaxOccurrences, _allowance?.Occurrences ?? int.MaxValue), _unknownFrom);
        _allowance?.Pay(_budget.Taken, expansion.Occurrences.Length);
        return expansion;
    }

    // 1.
    private (long Low, long High) WallsReachingWindow()
    {
        (long Low, long High) all = (long.MaxValue, long.MinValue);
        WallClock clock = _naming.Clock;
        for (int i = 0; i < _overrides.Stretches.Count; i++)
        {
            SeriesStretch stretch = _overrides.Stretches[i];
            if (stretch.Times is null)
            {
                continue;
            }

            (long low, long high) = stretch.Times.StartsReaching(_window);
            (low, high) = (low - stretch.ShiftSeconds, high - stretch.ShiftSeconds);
            if (i > 0)
            {
                low = Math.Max(low, clock.ToWall(stretch.From) - clock.SlackSeconds(stretch.From));
            }

            if (i + 1 < _overrides.Stretches.Count)
            {
                Instant next = _overrides.Stretches[i + 1].From;
                high = Math.Min(high, clock.ToWall(next) + clock.SlackSeconds(next));
            }

            if (low <= high)
            {
                all = (Math.Min(all.Low, low), Math.Max(all.High, high));
            }
        }

        return (Math.Max(all.Low, WallSeconds.Min), Math.Min(all.High, WallSeconds.Max));
    }

    // 2.
    private void CollectStarts(RecurrenceRule rule, long low, long high, List<long> walls)
    {
        RuleEnd end = RuleEnd.Of(rule, _naming, _clocks);
        long start = WallSeconds.Of(_master.Start.Local);
        int first = walls.Count;
        RuleWalk.Collect(rule, start, _naming.IsOfDays, low, Math.Min(high, end.LastWall), _budget, walls);
        if (_budget.IsExceeded)
        {
            // A rule gives its starts in order, so up to the last one nothing of it is missing.
            NoteUnknownFrom(walls.Count > first ? walls[^1] : low);
        }

        for (int i = walls.Count - 1; i >= first && walls[i] > end.SureWall; i--)
        {
            if (_naming.KeyOf(_naming.At(walls[i])) > end.LastInstant)
            {
                walls.RemoveAt(i);
            }
        }
    }

    // The wall is a name. What it names may be earlier on the line: near a change of offset; as far as an override of
    // this and future moves it; and less than three days where such an override, or the asker, has days or another zone.
    private void NoteUnknownFrom(long wall)
    {
        bool isElsewhere = _naming.IsOfDays || _overrides.Stretches.Count > 1;
        long shift = _overrides.Stretches.Min(s => s.ShiftSeconds);
        wall = Math.Clamp(wall + Math.Min(shift, 0), WallSeconds.Min, WallSeconds.Max);
        Instant from = _naming.KeyOf(_naming.At(wall));
        from -= Duration.FromSeconds(_naming.Clock.SlackSeconds(from) + (isElsewhere ? 3 * WallSeconds.PerDay : 0));
        _unknownFrom = _unknownFrom is { } earlier ? Instant.Min(earlier, from) : from;
    }

    private void KeepEarliest(List<long> walls)
    {
        if (walls.Count <= RecurrenceLimits.MaxOccurrences)
        {
            return;
        }

        walls.Sort();
        int distinct = 1;
        for (int i = 1; i < walls.Count; i++)
        {
            if (walls[i] != walls[distinct - 1])
            {
                walls[distinct++] = walls[i];
            }
        }

        int kept = Math.Min(distinct, RecurrenceLimits.MaxOccurrences);
        if (kept < distinct)
        {
            NoteUnknownFrom(walls[kept]);
        }

        walls.RemoveRange(kept, walls.Count - kept);
    }

    // 3.
    private void PlaceAdded(bool withEnd)
    {
        foreach (RecurrenceDate added in _series.Added)
        {
            CalendarTime name = _naming.AsMaster(added.Start);
            bool isSameKind = added.Start.IsDate == _master.Start.IsDate;
            if (isSameKind && added.End is CalendarTime end)
            {
                if (withEnd)
                {
                    EventDefinition definition = _master with { Start = added.Start, End = end };
                    Place(added.Start, name, new EventTimes(definition, _clocks));
                }
            }
            else if (!withEnd)
            {
                Place(isSameKind ? added.Start : name, name);
            }
        }
    }

    private void PlaceStarts(List<long> walls)
    {
        _placed.EnsureCapacity(_placed.Count + walls.Count + 1);
        Place(_series.IsRecurring ? _master.Start : null, _master.Start);
        foreach (long wall in walls)
        {
            CalendarTime name = _naming.At(wall);
            Place(name, name);
        }
    }

    private void Place(CalendarTime? shownName, CalendarTime name, EventTimes? own = null)
    {
        Instant key = _naming.KeyOf(name);
        if (!_placed.Add(key) || _overrides.Replaces(key) || _excluded?.Contains(name, key) == true)
        {
            return;
        }

        SeriesStretch stretch = _overrides.StretchOf(key);
        if (stretch.IsMasters)
        {
            _occurrences.Add(key, (own ?? stretch.Times!).At(shownName ?? name, shownName));
        }
        else if (stretch.StartOf(WallSeconds.Of(name.Local)) is CalendarTime start)
        {
            _occurrences.Add(key, stretch.Times!.At(start, shownName));
        }
    }

    // 4.
    private void PlaceOverrides()
    {
        foreach ((Instant key, EventOverride @override) in _overrides.Replacements)
        {
            if (@override.Definition.Content.Status != EventStatus.Cancelled)
            {
                EventTimes times = new(@override.Definition, _clocks);
                _occurrences.Add(key, times.AsWritten(@override.RecurrenceId));
            }
        }
    }
}
