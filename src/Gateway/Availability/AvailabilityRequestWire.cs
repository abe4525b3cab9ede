using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads a question for times to meet.</summary>
/// <remarks>
/// Source: docs.cronofy.com, "Availability Query"; what its libraries and elements send beside that: an empty object or list
/// and null where they mean nothing, <c>available_periods</c> for <c>query_periods</c>, times with a space in them.
/// </remarks>
internal sealed class AvailabilityRequestWire(RequestField root, ApplicationCaller caller)
{
    private const int MaxText = 64;

    /// <summary>True, once read, when the answer is to be called periods: also where single starts are asked about, as its libraries expect.</summary>
    public bool AnswersPeriods { get; private set; }

    /// <summary>The question; only to be used when nothing was wrong.</summary>
    public AvailabilityRequest Read()
    {
        int? duration = Durations.Minutes(root["required_duration"], 1, AvailabilityLimits.DurationMinutes);
        (TimeSet? periods, ImmutableArray<long> slots) = QueryTimes();
        AvailabilityFormat format = Format(periods is null);
        (Gap before, Gap after) = BuffersWire.Read(root["buffer"]);
        ImmutableArray<long> explained = Explained(slots);
        TimeSet? meetings = explained.IsEmpty ? null : TimeSet.Of(
            explained.Select(start => new Stretch(start - before.Minimum, start + (60 * (duration ?? 1)) + after.Minimum)));
        MembersWire members = new(root, caller, QueryTimesWire.Whole(periods, slots, duration ?? 1), meetings);
        ImmutableArray<AvailabilityGroup> groups = members.Read(root["participants"]);
        int? step = Step(root["start_interval"]);
        return new AvailabilityRequest(
            caller.ClientId,
            members.Members,
            groups,
            60 * (duration ?? 1),
            periods is null ? default : periods.Edges,
            periods is null ? slots : default,
            60 * (step ?? (format is AvailabilityFormat.Periods ? null : AvailabilityLimits.DefaultStep(duration ?? 1))),
            before.Minimum,
            after.Minimum,
            format,
            MaxResults(root["max_results"]),
            explained);
    }

    /// <summary>How many results are wanted, as far as they are given.</summary>
    public static int MaxResults(RequestField field)
    {
        int? most = field.Integer(FieldKeys.MustBePositive);
        if (most < 1)
        {
            field.Fault(FieldKeys.MustBePositive, "must be an integer greater than zero");
        }

        return Math.Clamp(most ?? AvailabilityLimits.Results, 1, AvailabilityLimits.Results);
    }

    /// <summary>Minutes between two starts; null when nothing is said, or something wrong.</summary>
    public static int? Step(RequestField field)
    {
        if (!field.SaysSomething || Durations.Minutes(field, 1, 60) is not { } minutes)
        {
            return null;
        }

        if (!AvailabilityLimits.StepMinutes.Contains(minutes))
        {
            field.Fault(FieldKeys.NotRecognized, $"must be one of {string.Join(", ", AvailabilityLimits.StepMinutes)} minutes");
            return null;
        }

        return minutes;
    }

    private (TimeSet? Periods, ImmutableArray<long> Slots) QueryTimes()
    {
        RequestField periods = QueryTimesWire.PeriodsField(root);
        RequestField slots = root["query_slots"];
        if (periods.IsGiven == slots.IsGiven)
        {
            root["query_periods"].Fault(FieldKeys.Required, "exactly one of query_periods and query_slots must be given");
            return (TimeSet.Empty, []);
        }

        return slots.IsGiven ? (null, QueryTimesWire.Slots(slots)) : (QueryTimesWire.Periods(periods), []);
    }

    private AvailabilityFormat Format(bool isListed)
    {
        RequestField field = root["response_format"];
        string? word = field.Text(MaxText);
        AvailabilityFormat? format = word switch
        {
            // Starts that were named are answered one by one, and none is left out for the sake of another.
            null or "" or "periods" => isListed ? AvailabilityFormat.OverlappingSlots : AvailabilityFormat.Periods,
            "slots" => isListed ? AvailabilityFormat.OverlappingSlots : AvailabilityFormat.Slots,
            "overlapping_slots" => AvailabilityFormat.OverlappingSlots,
            _ => null,
        };
        if (format is null)
        {
            field.Fault(FieldKeys.NotRecognized, "must be periods, slots or overlapping_slots");
        }

        AnswersPeriods = word is null or "" or "periods";
        return format ?? AvailabilityFormat.Periods;
    }

    private ImmutableArray<long> Explained(ImmutableArray<long> slots)
    {
        RequestField field = root["explain"];
        if (!field.IsGiven || (!field.IsList && field.Flag() == false))
        {
            return [];
        }

        if (field.IsList)
        {
            return QueryTimesWire.Starts(field, AvailabilityLimits.Explained, member: null);
        }

        if (slots.IsDefaultOrEmpty)
        {
            field.Fault(FieldKeys.NotSupported, "true explains query_slots; for query_periods list the starts to be explained");
        }
        else if (slots.Length > AvailabilityLimits.Explained)
        {
            field.Fault(FieldKeys.TooMany, $"at most {AvailabilityLimits.Explained} starts are explained at once");
        }

        return slots;
    }
}
