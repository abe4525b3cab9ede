namespace CalendarActors.Domain.Recurrence;

/// <summary>A rule's periods, numbered: years, months, weeks, days, hours, minutes or seconds.</summary>
internal abstract class RulePeriods
{
    /// <summary>The most bases that any period has.</summary>
    internal abstract int MaxBases { get; }

    /// <summary>The number of the period in which a wall time lies.</summary>
    internal abstract long NumberOf(long wall);

    /// <summary>
    /// The bases of a period, ascending: the wall times to which <see cref="TimesOfPeriod"/> are added. Valid until
    /// the next call.
    /// </summary>
    /// <param name="number">The period.</param>
    /// <param name="budget">Pays for every candidate looked at; when it runs out, the answer is empty.</param>
    /// <param name="next">The first later period that can have bases.</param>
    internal abstract ReadOnlySpan<long> Bases(long number, WorkBudget budget, out long next);

    internal static RulePeriods Of(RecurrenceRule rule, long start) =>
        rule.Frequency >= RecurrenceFrequency.Daily ? new DayPeriods(rule, start) : new TimePeriods(rule, start);
}
