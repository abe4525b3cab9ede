using System.Collections.Immutable;

namespace CalendarActors.Domain.Availability;

/// <summary>Finds times for meetings that follow each other.</summary>
/// <remarks>
/// One sequence for each moment at which a first step can begin: of those that begin then, the one that is over first. Of
/// several that are over at the same time, at each place the step that was named first, as early as can be. What comes
/// behind depends on which steps have been, the last of them and its end, and on nothing else, so it is found once for each.
/// </remarks>
public sealed class SequenceSearch
{
    /// <summary>The most steps of a sequence.</summary>
    public const int MaxSteps = 10;

    /// <summary>Starts looked at before a search ends with what it has, and says so.</summary>
    public const int MaxLooks = 2_000_000;

    private readonly ImmutableArray<SequenceStep> _steps;
    private readonly StartMask[] _possible;
    private readonly Attendance[] _attendance;
    private readonly Dictionary<(int Done, int Last, long End), Rest?> _rests = [];
    private int _looks;

    private SequenceSearch(ImmutableArray<SequenceStep> steps, ImmutableArray<MemberTime> members)
    {
        _steps = steps;
        (StartMask Possible, Attendance Attendance)[] masks = [.. steps.Select(s => AvailabilitySearch.Masks(s.Query, members))];
        _possible = [.. masks.Select(m => m.Possible)];
        _attendance = [.. masks.Select(m => m.Attendance)];
    }

    private bool IsSpent => _looks >= MaxLooks;

    /// <summary>The sequences, in the order of their first starts.</summary>
    /// <param name="steps">1 to <see cref="MaxSteps"/>.</param>
    /// <param name="members">When each can be met: the groups of every step name them by their place in it.</param>
    /// <param name="maxResults">At most so many: the earliest.</param>
    public static FoundSequences Find(
        ImmutableArray<SequenceStep> steps, ImmutableArray<MemberTime> members, int maxResults)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps.Length, MaxSteps, nameof(steps));
        return new SequenceSearch(steps, members).Run(maxResults);
    }

    private FoundSequences Run(int maxResults)
    {
        int[] next = [.. _possible.Select(p => p.Next(0))];
        var found = ImmutableArray.CreateBuilder<ImmutableArray<SequenceSlot>>();
        while (found.Count < maxResults && !IsSpent)
        {
            long? start = Enumerable.Range(0, _steps.Length).Where(s => MayFollow(0, s) && next[s] >= 0).Min(s => (long?)StartOf(s, next[s]));
            if (start is not { } first)
            {
                break;
            }

            Rest? best = null;
            for (int step = 0; step < _steps.Length; step++)
            {
                if (MayFollow(0, step) && next[step] >= 0 && StartOf(step, next[step]) == first)
                {
                    best = Better(best, Begin(0, step, next[step]));
                    next[step] = _possible[step].Next(next[step] + 1);
                }
            }

            if (best is not null)
            {
                found.Add([.. Slots(best)]);
            }
        }

        return new FoundSequences(found.DrainToImmutable(), IsSpent);
    }

    private long StartOf(int step, int number) => _steps[step].Query.Starts[number];

    private bool MayFollow(int done, int step) =>
        (done & (1 << step)) == 0
        && (_steps[step].Ordinal is not { } ordinal
            || !_steps.Where((s, i) => s.Ordinal < ordinal && (done & (1 << i)) == 0).Any());

    /// <summary>A step at a start and the best of what can come behind it; null when the others do not fit behind it.</summary>
    private Rest? Begin(int done, int step, int number)
    {
        long end = StartOf(step, number) + _steps[step].Query.Duration;
        int all = done | (1 << step);
        if (all == (1 << _steps.Length) - 1)
        {
            return new Rest(step, number, end, null);
        }

        return After(all, step, end) is { } rest ? new Rest(step, number, rest.End, rest) : null;
    }

    private Rest? After(int done, int last, long end)
    {
        if (_rests.TryGetValue((done, last, end), out Rest? known))
        {
            return known;
        }

        Rest? best = null;
        for (int step = 0; step < _steps.Length; step++)
        {
            if (MayFollow(done, step))
            {
                best = Better(best, Earliest(done, last, end, step, best?.End));
            }
        }

        if (!IsSpent)
        {
            _rests[(done, last, end)] = best;
        }

        return best;
    }

    private Rest? Earliest(int done, int last, long end, int step, long? bound)
    {
        Rest? best = null;
        Gap gap = _steps[last].After.And(_steps[step].Before);
        CandidateStarts starts = _steps[step].Query.Starts;

        // What is still to come takes at least so long, so a start later than that comes to nothing better.
        int toCome = _steps.Where((_, i) => (done & (1 << i)) == 0).Sum(s => s.Query.Duration);
        for (int i = _possible[step].Next(starts.FirstAtOrAfter(end + gap.Minimum)); i >= 0; i = _possible[step].Next(i + 1))
        {
            long start = starts[i];
            if (start - end > gap.Maximum || start + toCome >= (best?.End ?? bound) || IsSpent)
            {
                break;
            }

            _looks++;
            best = Better(best, Begin(done, step, i));
        }

        return best;
    }

    /// <summary>The one that is over first; of two at the same time, the one that was found first.</summary>
    private static Rest? Better(Rest? one, Rest? other) => one is null || other?.End < one.End ? other : one;

    private IEnumerable<SequenceSlot> Slots(Rest first)
    {
        for (Rest? rest = first; rest is not null; rest = rest.Next)
        {
            long start = StartOf(rest.Step, rest.Number);
            yield return new SequenceSlot(
                rest.Step,
                new AvailableTime(start, start + _steps[rest.Step].Query.Duration, _attendance[rest.Step].At(rest.Number)));
        }
    }

    /// <summary>A step, what comes behind it, and when all of it is over.</summary>
    private sealed record Rest(int Step, int Number, long End, Rest? Next);
}
