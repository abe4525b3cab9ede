using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Domain.Tests.Availability;

/// <summary>A member of a <see cref="RandomMeeting"/>: nothing in it is sorted or merged.</summary>
internal sealed record RandomMember
{
    internal required string Zone { get; init; }

    /// <summary>Empty for no such bound.</summary>
    internal required ImmutableArray<WeeklyPeriod> Weekly { get; init; }

    /// <summary>Empty for no such bound.</summary>
    internal required ImmutableArray<Stretch> Open { get; init; }

    internal required ImmutableArray<Stretch> Busy { get; init; }

    /// <summary>Time of which nobody knows.</summary>
    internal required ImmutableArray<Stretch> Unknown { get; init; }

    /// <summary>Time that is held for other meetings.</summary>
    internal required ImmutableArray<Stretch> Held { get; init; }

    /// <summary>When the application's own meetings begin.</summary>
    internal required ImmutableArray<long> Own { get; init; }

    internal required AvailabilityConstraint? Constraint { get; init; }

    internal MemberTime Time(Stretch whole)
    {
        TimeSet? periods = Open.IsEmpty ? null : TimeSet.Of(Open);
        TimeSet? hours = Weekly.IsEmpty ? null : WeeklyHours.In(Weekly, DateTimeZoneProviders.Tzdb[Zone], whole);
        TimeSet? open = hours is null ? periods : periods?.Intersect(hours) ?? hours;

        TimeSet full = Constraint is { } limit
            ? ConstraintRules.Full(limit, Own, whole, DateTimeZoneProviders.Tzdb[limit.ZoneId])
            : TimeSet.Empty;
        return new MemberTime(open, TimeSet.Of(Busy.Concat(Unknown).Concat(Held)), full)
        {
            Causes = new MemberCauses(periods, hours, TimeSet.Of(Busy), TimeSet.Of(Held), [full], Busy),
        };
    }

    public override string ToString() =>
        $"{Zone} weekly {string.Join(' ', Weekly.Select(w => $"{w.Day} {w.StartMinute / 60}:{w.StartMinute % 60}-{w.EndMinute / 60}:{w.EndMinute % 60}"))}"
        + $" open {string.Join(' ', Open.Select(RandomMeeting.Show))} busy {string.Join(' ', Busy.Select(RandomMeeting.Show))} unknown {string.Join(' ', Unknown.Select(RandomMeeting.Show))} held {string.Join(' ', Held.Select(RandomMeeting.Show))}"
        + $" own {string.Join(' ', Own.Select(RandomMeeting.Show))} {Constraint}";
}
