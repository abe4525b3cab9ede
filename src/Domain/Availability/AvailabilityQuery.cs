using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>When can these people meet.</summary>
public sealed record AvailabilityQuery
{
    /// <summary>The finest that a period is told: a minute.</summary>
    public const int PeriodStep = 60;

    /// <summary>Every one of them must be met at the same time.</summary>
    public required ImmutableArray<MemberGroup> Groups { get; init; }

    /// <summary>How long the meeting is, in seconds: 1 or more.</summary>
    public required int Duration { get; init; }

    /// <summary>Where it might begin. For <see cref="AvailabilityFormat.Periods"/>: every <see cref="PeriodStep"/>.</summary>
    public required CandidateStarts Starts { get; init; }

    /// <summary>How the answer is given.</summary>
    public required AvailabilityFormat Format { get; init; }

    /// <summary>Periods begin at whole multiples of so many seconds in UTC; <see cref="PeriodStep"/> for wherever they can.</summary>
    public int PeriodsBeginEvery { get; init; } = PeriodStep;

    /// <summary>Seconds before the meeting in which nobody who is there may be busy.</summary>
    public int BufferBefore { get; init; }

    /// <summary>Seconds behind it, likewise.</summary>
    public int BufferAfter { get; init; }

    /// <summary>At most so many times are given: the earliest.</summary>
    public required int MaxResults { get; init; }
}
