using System.Collections.Immutable;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>A recurrence rule (RFC 5545 section 3.3.10), as written: nothing here has been checked against a start.</summary>
public sealed record RecurrenceRule
{
    /// <summary>The unit.</summary>
    public required RecurrenceFrequency Frequency { get; init; }

    /// <summary>Every how many units; at least 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>How many occurrences in all, the first included; null for no such limit. Never with <see cref="Until"/>.</summary>
    public int? Count { get; init; }

    /// <summary>The last moment at which an occurrence may start, inclusive; null for no such limit.</summary>
    public CalendarTime? Until { get; init; }

    /// <summary>0 to 60.</summary>
    public ImmutableArray<int> BySecond { get; init; } = [];

    /// <summary>0 to 59.</summary>
    public ImmutableArray<int> ByMinute { get; init; } = [];

    /// <summary>0 to 23.</summary>
    public ImmutableArray<int> ByHour { get; init; } = [];

    /// <summary>Weekdays, with ordinals only for monthly and yearly rules.</summary>
    public ImmutableArray<WeekdayInPeriod> ByDay { get; init; } = [];

    /// <summary>1 to 31 or -31 to -1.</summary>
    public ImmutableArray<int> ByMonthDay { get; init; } = [];

    /// <summary>1 to 366 or -366 to -1.</summary>
    public ImmutableArray<int> ByYearDay { get; init; } = [];

    /// <summary>1 to 53 or -53 to -1; yearly rules only.</summary>
    public ImmutableArray<int> ByWeekNo { get; init; } = [];

    /// <summary>1 to 12.</summary>
    public ImmutableArray<int> ByMonth { get; init; } = [];

    /// <summary>Which of a period's candidates to keep: 1 to 366 or -366 to -1.</summary>
    public ImmutableArray<int> BySetPos { get; init; } = [];

    /// <summary>The day on which a week starts.</summary>
    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <inheritdoc/>
    public bool Equals(RecurrenceRule? other) =>
        other is not null && Frequency == other.Frequency && Interval == other.Interval && Count == other.Count
        && Until == other.Until && WeekStart == other.WeekStart
        && BySecond.SequenceEqual(other.BySecond) && ByMinute.SequenceEqual(other.ByMinute)
        && ByHour.SequenceEqual(other.ByHour) && ByDay.SequenceEqual(other.ByDay)
        && ByMonthDay.SequenceEqual(other.ByMonthDay) && ByYearDay.SequenceEqual(other.ByYearDay)
        && ByWeekNo.SequenceEqual(other.ByWeekNo) && ByMonth.SequenceEqual(other.ByMonth)
        && BySetPos.SequenceEqual(other.BySetPos);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Frequency, Interval, Count, Until, ByDay.Length, ByMonthDay.Length);
}
