using System.Collections.Immutable;
using System.Numerics;
using CalendarActors.Domain.Time;

namespace CalendarActors.Domain.Recurrence;

/// <summary>
/// The times that a rule adds to each base of a period: hours, minutes and seconds, each as written or the start's.
/// </summary>
/// <remarks>
/// Kept as three short lists and read by index, because their product can be all 86,400 seconds of a day.
/// </remarks>
internal sealed class TimesOfPeriod
{
    private readonly int[] _hours;
    private readonly int[] _minutes;
    private readonly int[] _seconds;

    /// <param name="rule">The rule.</param>
    /// <param name="start">The wall time of the first occurrence.</param>
    /// <param name="wholeDays">True when times of day do not count (RFC 5545 section 3.3.10: they are ignored).</param>
    internal TimesOfPeriod(RecurrenceRule rule, long start, bool wholeDays)
    {
        int second = (int)CivilDays.FloorModulo(start, WallSeconds.PerDay);
        _hours = wholeDays || rule.Frequency < RecurrenceFrequency.Daily
            ? [0]
            : Values(HoursOf(rule), second / 3_600);
        _minutes = wholeDays || rule.Frequency < RecurrenceFrequency.Hourly
            ? [0]
            : Values(MinutesOf(rule), second / 60 % 60);
        _seconds = wholeDays || rule.Frequency < RecurrenceFrequency.Minutely
            ? [0]
            : Values(SecondsOf(rule), second % 60);
        Count = _hours.Length * _minutes.Length * _seconds.Length;
    }

    /// <summary>Zero when nothing that the rule lists is a time.</summary>
    internal int Count { get; }

    /// <summary>Seconds after the base; ascending with <paramref name="index"/>.</summary>
    internal long this[int index]
    {
        get
        {
            (int hoursAndMinutes, int second) = Math.DivRem(index, _seconds.Length);
            (int hour, int minute) = Math.DivRem(hoursAndMinutes, _minutes.Length);
            return (_hours[hour] * 3_600L) + (_minutes[minute] * 60L) + _seconds[second];
        }
    }

    /// <summary>BYHOUR as bits; null when the rule has none.</summary>
    internal static ulong? HoursOf(RecurrenceRule rule) => Bits(rule.ByHour, 23);

    /// <summary>BYMINUTE as bits; null when the rule has none.</summary>
    internal static ulong? MinutesOf(RecurrenceRule rule) => Bits(rule.ByMinute, 59);

    /// <summary>BYSECOND as bits; null when the rule has none.</summary>
    /// <remarks>A leap second is read as 59 (RFC 5545 section 3.3.12).</remarks>
    internal static ulong? SecondsOf(RecurrenceRule rule) =>
        Bits(rule.BySecond, 59) | (rule.BySecond.Contains(60) ? 1UL << 59 : 0);

    private static ulong? Bits(ImmutableArray<int> values, int max)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        ulong bits = 0;
        foreach (int value in values)
        {
            bits |= value >= 0 && value <= max ? 1UL << value : 0;
        }

        return bits;
    }

    private static int[] Values(ulong? bits, int otherwise)
    {
        if (bits is not ulong listed)
        {
            return [otherwise];
        }

        int[] values = new int[BitOperations.PopCount(listed)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitOperations.TrailingZeroCount(listed);
            listed &= listed - 1;
        }

        return values;
    }
}
