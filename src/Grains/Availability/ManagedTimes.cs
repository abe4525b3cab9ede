using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Grains.Interfaces.Availability;

namespace CalendarActors.Grains.Availability;

/// <summary>When a person can be met, as one application keeps it for them: what rules and periods come to.</summary>
internal sealed class ManagedTimes(ImmutableArray<AvailabilityRule> rules, ImmutableArray<AvailablePeriod> periods)
{
    private readonly TimeSet _periods = TimeSet.Of(periods.Select(p => new Stretch(p.Start, p.End)));

    /// <summary>See <see cref="IManagedAvailabilityGrain.Open"/>.</summary>
    public OpenTimes Open(WeeklyHoursCache hours, ImmutableArray<string> ruleIds, long from, long to)
    {
        Stretch asked = new(from, to);
        ImmutableArray<AvailabilityRule> selected = ruleIds.IsDefault
            ? rules
            : [.. rules.Where(r => ruleIds.Contains(r.RuleId, StringComparer.Ordinal))];
        TimeSet open = TimeSet.Union(
            [.. selected.Select(r => hours.In(r.WeeklyPeriods, r.ZoneId, asked)), _periods.Overlapping(asked)]);
        bool areNamed = !selected.IsEmpty && selected.All(r => !r.CalendarIds.IsDefault);
        return new OpenTimes(
            open.Edges,
            areNamed ? [.. selected.SelectMany(r => r.CalendarIds).Distinct(StringComparer.Ordinal)] : default,
            [.. selected.Select(r => r.RuleId)]);
    }
}
