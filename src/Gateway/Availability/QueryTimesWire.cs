using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads when people are to meet: periods, or the very starts.</summary>
internal static class QueryTimesWire
{
    /// <summary>The one field of two that has the periods; a fault when both are given.</summary>
    /// <param name="root">Where they are.</param>
    public static RequestField PeriodsField(RequestField root)
    {
        (RequestField periods, RequestField former) = (root["query_periods"], root["available_periods"]);
        if (!former.IsGiven)
        {
            return periods;
        }

        if (periods.IsGiven)
        {
            former.Fault(FieldKeys.NotSupported, "is the former name of query_periods: only one of the two can be given");
        }

        return former;
    }

    /// <summary>Periods; empty, with a fault, when there are none.</summary>
    public static TimeSet Periods(RequestField field)
    {
        TimeSet set = Moments.Periods(field, AvailabilityLimits.QueryPeriods) ?? TimeSet.Empty;
        if (field.IsEmptyList)
        {
            field.Fault(FieldKeys.Required, "must have at least one entry");
        }

        CheckSpan(field, SpanOf(set));
        return set;
    }

    /// <summary>Starts in order, each once; none, with a fault, when there are none.</summary>
    public static ImmutableArray<long> Slots(RequestField field)
    {
        ImmutableArray<long> starts = Starts(field, AvailabilityLimits.QuerySlots, "start");
        CheckSpan(field, starts.IsEmpty ? default : new Stretch(starts[0], starts[^1] + 1));
        return starts;
    }

    /// <summary>Moments in a list, each by itself or as a member of an object.</summary>
    public static ImmutableArray<long> Starts(RequestField field, int most, string? member)
    {
        if (field.Items(most) is not { } items)
        {
            return [];
        }

        if (items.Count == 0)
        {
            field.Fault(FieldKeys.Required, "must have at least one entry");
        }

        return [.. items.Select(item => Moments.Read(member is null ? item : item[member])).OfType<long>().Distinct().Order()];
    }

    /// <summary>All the time that may matter to meetings in these periods or at these starts.</summary>
    public static Stretch Whole(TimeSet? periods, ImmutableArray<long> slots, int durationMinutes)
    {
        const long margin = AvailabilityLimits.BufferMinutes * 60L;
        return periods switch
        {
            { Count: > 0 } => new Stretch(periods[0].Start - margin, periods[periods.Count - 1].End + margin),
            null when !slots.IsDefaultOrEmpty => new Stretch(slots[0] - margin, slots[^1] + (60L * durationMinutes) + margin),
            _ => default,
        };
    }

    /// <summary>Faults the field when the periods of several questions together cover too much, and each of them does not.</summary>
    public static void CheckSpanOfAll(RequestField field, IReadOnlyList<TimeSet> each)
    {
        if (!each.Any(set => IsTooLong(SpanOf(set))))
        {
            CheckSpan(field, SpanOf(TimeSet.Union(each)));
        }
    }

    private static Stretch SpanOf(TimeSet set) => set.Count == 0 ? default : new Stretch(set[0].Start, set[set.Count - 1].End);

    // Days of the wall: 35 of them are longer where clocks go back, by two hours at most.
    private static bool IsTooLong(Stretch whole) => whole.End - whole.Start > (AvailabilityLimits.Days * 86_400L) + 7_200;

    private static void CheckSpan(RequestField field, Stretch whole)
    {
        if (IsTooLong(whole))
        {
            field.Fault(FieldKeys.OutOfRange, $"must cover at most {AvailabilityLimits.Days} days, from the first moment to the last");
        }
    }
}
