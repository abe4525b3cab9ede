using System.Collections.Immutable;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="RecurrenceRule"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("recurrence-rule")]
public struct RecurrenceRuleSurrogate
{
    /// <summary>See <see cref="RecurrenceRule.Frequency"/>.</summary>
    [Id(0)]
    public RecurrenceFrequency Frequency { get; set; }

    /// <summary>See <see cref="RecurrenceRule.Interval"/>.</summary>
    [Id(1)]
    public int Interval { get; set; }

    /// <summary>See <see cref="RecurrenceRule.Count"/>.</summary>
    [Id(2)]
    public int? Count { get; set; }

    /// <summary>See <see cref="RecurrenceRule.Until"/>.</summary>
    [Id(3)]
    public CalendarTime? Until { get; set; }

    /// <summary>See <see cref="RecurrenceRule.BySecond"/>.</summary>
    [Id(4)]
    public ImmutableArray<int> BySecond { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByMinute"/>.</summary>
    [Id(5)]
    public ImmutableArray<int> ByMinute { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByHour"/>.</summary>
    [Id(6)]
    public ImmutableArray<int> ByHour { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByDay"/>.</summary>
    [Id(7)]
    public ImmutableArray<WeekdayInPeriod> ByDay { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByMonthDay"/>.</summary>
    [Id(8)]
    public ImmutableArray<int> ByMonthDay { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByYearDay"/>.</summary>
    [Id(9)]
    public ImmutableArray<int> ByYearDay { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByWeekNo"/>.</summary>
    [Id(10)]
    public ImmutableArray<int> ByWeekNo { get; set; }

    /// <summary>See <see cref="RecurrenceRule.ByMonth"/>.</summary>
    [Id(11)]
    public ImmutableArray<int> ByMonth { get; set; }

    /// <summary>See <see cref="RecurrenceRule.BySetPos"/>.</summary>
    [Id(12)]
    public ImmutableArray<int> BySetPos { get; set; }

    /// <summary>See <see cref="RecurrenceRule.WeekStart"/>.</summary>
    [Id(13)]
    public IsoDayOfWeek WeekStart { get; set; }
}

/// <summary>Converts <see cref="RecurrenceRule"/>.</summary>
[RegisterConverter]
public sealed class RecurrenceRuleConverter : IConverter<RecurrenceRule, RecurrenceRuleSurrogate>
{
    /// <inheritdoc/>
    public RecurrenceRule ConvertFromSurrogate(in RecurrenceRuleSurrogate surrogate) => new()
    {
        Frequency = surrogate.Frequency,
        Interval = surrogate.Interval,
        Count = surrogate.Count,
        Until = surrogate.Until,
        BySecond = surrogate.BySecond,
        ByMinute = surrogate.ByMinute,
        ByHour = surrogate.ByHour,
        ByDay = surrogate.ByDay,
        ByMonthDay = surrogate.ByMonthDay,
        ByYearDay = surrogate.ByYearDay,
        ByWeekNo = surrogate.ByWeekNo,
        ByMonth = surrogate.ByMonth,
        BySetPos = surrogate.BySetPos,
        WeekStart = surrogate.WeekStart,
    };

    /// <inheritdoc/>
    public RecurrenceRuleSurrogate ConvertToSurrogate(in RecurrenceRule value) => new()
    {
        Frequency = value.Frequency,
        Interval = value.Interval,
        Count = value.Count,
        Until = value.Until,
        BySecond = value.BySecond,
        ByMinute = value.ByMinute,
        ByHour = value.ByHour,
        ByDay = value.ByDay,
        ByMonthDay = value.ByMonthDay,
        ByYearDay = value.ByYearDay,
        ByWeekNo = value.ByWeekNo,
        ByMonth = value.ByMonth,
        BySetPos = value.BySetPos,
        WeekStart = value.WeekStart,
    };
}
