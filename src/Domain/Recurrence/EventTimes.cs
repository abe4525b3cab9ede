using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>How long a definition takes, and what its happenings look like when it is moved to other starts.</summary>
/// <remarks>
/// Whole days are counted in days; everything else lasts an exact time, as RFC 5545 section 3.8.5.3 demands for
/// <c>DTEND</c>: eight hours over a change of offset end an hour off on the wall.
/// </remarks>
internal sealed class EventTimes
{
    private readonly WallClocks _clocks;
    private readonly WallClock _startClock;
    private readonly WallClock _endClock;
    private readonly int? _days;
    private readonly Duration _length;

    internal EventTimes(EventDefinition definition, WallClocks clocks)
    {
        Definition = definition;
        _clocks = clocks;
        _startClock = clocks.Of(definition.Start);
        _endClock = clocks.Of(definition.End);
        if (definition.Start.IsDate && definition.End.IsDate)
        {
            int days = Period.DaysBetween(definition.Start.Local.Date, definition.End.Local.Date);
            _days = Math.Max(0, days);
        }
        else
        {
            _length = ExactLength();
        }
    }

    internal EventDefinition Definition { get; }

    /// <summary>The happening as written.</summary>
    internal Occurrence AsWritten(CalendarTime? recurrenceId) => At(Definition.Start, recurrenceId);

    /// <summary>The happening that starts at <paramref name="start"/>.</summary>
    internal Occurrence At(CalendarTime start, CalendarTime? recurrenceId)
    {
        Instant startsAt = _clocks.ToInstant(start);
        if (_days is int days && start.IsDate)
        {
            LocalDate nextDay = PlusDays(start.Local.Date, days);
            CalendarTime endOfDays = CalendarTime.OnDate(nextDay);
            return new Occurrence(
                recurrenceId, start, endOfDays, startsAt, _startClock.ToStartOfDay(nextDay), Definition.Content);
        }

        Instant endsAt = startsAt > Instant.MaxValue - _length ? Instant.MaxValue : startsAt + _length;
        CalendarTime end = Definition.End.WithLocal(_endClock.ToLocal(endsAt));
        return new Occurrence(recurrenceId, start, end, startsAt, endsAt, Definition.Content);
    }

    /// <summary>The wall times, both inclusive, outside of which no start reaches into <paramref name="window"/>.</summary>
    internal (long Low, long High) StartsReaching(Interval window)
    {
        if (Definition.Start.IsDate)
        {
            long days = _days ?? (long)Math.Ceiling(_length.TotalDays);
            return (_startClock.ToWall(window.Start) - ((days + 2) * WallSeconds.PerDay),
                _startClock.ToWall(window.End) + WallSeconds.PerDay);
        }

        Instant first = window.Start < Instant.MinValue + _length ? Instant.MinValue : window.Start - _length;
        return (_startClock.ToWall(first) - _startClock.SlackSeconds(first),
            _startClock.ToWall(window.End) + _startClock.SlackSeconds(window.End));
    }

    // A start that its zone skips moves on, and the end with it: then, and if the end would come first, the length is
    // what the wall times say.
    private Duration ExactLength()
    {
        Instant startsAt = _clocks.ToInstant(Definition.Start);
        Duration length = _clocks.ToInstant(Definition.End) - startsAt;
        bool isSkipped = !Definition.Start.IsDate && _startClock.ToLocal(startsAt) != Definition.Start.Local;
        if (ReferenceEquals(_startClock, _endClock) && (isSkipped || length < Duration.Zero))
        {
            length = Definition.End.Local.InUtc().ToInstant() - Definition.Start.Local.InUtc().ToInstant();
        }

        return Duration.Max(length, Duration.Zero);
    }

    private static LocalDate PlusDays(LocalDate date, int days)
    {
        long day = CivilDays.FromDate(date.Year, date.Month, date.Day) + days;
        return WallSeconds.ToLocal(Math.Min(day * WallSeconds.PerDay, WallSeconds.Max), 0).Date;
    }
}
