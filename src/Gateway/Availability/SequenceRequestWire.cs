using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Gateway.Availability;

/// <summary>Reads a question for times of meetings that follow each other.</summary>
/// <remarks>
/// Source: docs.cronofy.com, "Sequenced Availability". One library writes an empty list of periods into each step, which says
/// nothing; another writes numbers as the steps' ids, which come back as numbers.
/// </remarks>
internal sealed class SequenceRequestWire(RequestField root, ApplicationCaller caller)
{
    // It comes back as it was given, once for each result.
    private const int MaxDigits = 32;

    private readonly List<string> _ids = [];

    /// <summary>The steps' ids as JSON, in the order of the steps.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The question; only to be used when nothing was wrong.</summary>
    public SequenceRequest Read()
    {
        RequestField sequence = root["sequence"];
        IReadOnlyList<RequestField> steps = sequence.Require() && sequence.Items(SequenceSearch.MaxSteps) is { } items
            ? [.. items.Where(item => item.Require() && item.ExpectObject())]
            : [];
        if (sequence.IsEmptyList)
        {
            sequence.Fault(FieldKeys.Required, "must have at least one entry");
        }

        RequestField shared = QueryTimesWire.PeriodsField(root);
        TimeSet? periods = shared.SaysSomething ? QueryTimesWire.Periods(shared) : null;
        TimeSet[] each = [.. steps.Select(step => PeriodsOf(step, periods, steps.Count))];
        QueryTimesWire.CheckSpanOfAll(sequence, each);
        MembersWire members = new(root, caller, QueryTimesWire.Whole(TimeSet.Union(each), [], 1));
        ImmutableArray<SequenceRequestStep> read = [.. steps.Select((step, i) => Step(step, each[i], members))];
        return new SequenceRequest(caller.ClientId, members.Members, read, AvailabilityRequestWire.MaxResults(root["max_results"]));
    }

    /// <summary>The step's own periods, or else those of all.</summary>
    private TimeSet PeriodsOf(RequestField step, TimeSet? shared, int steps)
    {
        RequestField own = QueryTimesWire.PeriodsField(step);
        if (own.SaysSomething)
        {
            return QueryTimesWire.Periods(own);
        }

        if (shared is null && steps > 0)
        {
            root["query_periods"].Fault(FieldKeys.Required, "must be given, here or in each step");
        }

        return shared ?? TimeSet.Empty;
    }

    private SequenceRequestStep Step(RequestField step, TimeSet periods, MembersWire members)
    {
        RequestField id = step["sequence_id"];
        if (id.Require() && !id.IsNumber && id.Text(255) is not { Length: > 0 })
        {
            id.Fault(FieldKeys.Required, "required");
        }

        if (id.IsNumber && id.Json.Length > MaxDigits)
        {
            id.Fault(FieldKeys.TooLong, $"a number must have at most {MaxDigits} digits");
        }

        _ids.Add(id.Json);
        int minutes = Durations.Minutes(step["required_duration"], 1, AvailabilityLimits.DurationMinutes) ?? 1;
        (Gap before, Gap after) = BuffersWire.Read(step["buffer"]);
        return new SequenceRequestStep(
            members.Read(step["participants"]),
            60 * minutes,
            periods.Edges,
            60 * (AvailabilityRequestWire.Step(step["start_interval"]) ?? AvailabilityLimits.DefaultStep(minutes)),
            step["ordinal"].Integer(),
            before.Minimum,
            before.Maximum,
            after.Minimum,
            after.Maximum);
    }
}
