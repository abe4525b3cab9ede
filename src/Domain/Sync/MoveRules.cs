using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>Which former times are remembered, and for how long: as tombstones are.</summary>
/// <remarks>
/// A series that is shifted as a whole has other happenings afterwards, under other uids: those leave tombstones and no
/// moves. One occurrence that is dragged elsewhere keeps its uid, and moves.
/// </remarks>
public static class MoveRules
{
    /// <summary>At most so many a calendar.</summary>
    public const int MaxCount = 500;

    /// <summary>At most so many of one happening: who is moved every minute does not push out the others.</summary>
    public const int MaxOfOne = 20;

    /// <summary>None is older.</summary>
    public static readonly Duration MaxAge = GhostRules.MaxAge;

    /// <summary>After an event that happens once has changed.</summary>
    /// <param name="newestFirst">What is remembered.</param>
    /// <param name="identity">What its uid is made of.</param>
    /// <param name="was">Before.</param>
    /// <param name="is">After.</param>
    /// <param name="now">The commit time.</param>
    public static ImmutableList<Move> AfterSingle(
        ImmutableList<Move> newestFirst, string identity, CalendarObject was, CalendarObject @is, Instant now) =>
        !was.IsRecurring && !@is.IsRecurring && was.Master is { } before && @is.Master is { } after
        && (before.Start != after.Start || before.End != after.End)
            ? With(newestFirst, new Move(identity, null, before.Start, before.End, now))
            : newestFirst;

    /// <summary>After an item has changed, whatever it is.</summary>
    /// <param name="newestFirst">What is remembered.</param>
    /// <param name="identity">What its uids are made of.</param>
    /// <param name="was">Before.</param>
    /// <param name="is">After.</param>
    /// <param name="window">What readers see: of a series only this is compared.</param>
    /// <param name="zone">For days and floating times.</param>
    /// <param name="allowance">What all such looks of one pull may cost together.</param>
    /// <param name="now">The commit time.</param>
    public static ImmutableList<Move> After(
        ImmutableList<Move> newestFirst,
        string identity,
        CalendarObject was,
        CalendarObject @is,
        ExpandedWindow window,
        DateTimeZone zone,
        ExpansionAllowance allowance,
        Instant now)
    {
        if (!was.IsRecurring || !@is.IsRecurring || was.Overrides.SequenceEqual(@is.Overrides))
        {
            return AfterSingle(newestFirst, identity, was, @is, now);
        }

        Dictionary<CalendarTime, CalendarTime> starts = [];
        foreach (Occurrence occurrence in Happenings.Of(@is, window.Padded, zone, allowance).Occurrences)
        {
            if (occurrence.RecurrenceId is { } id)
            {
                starts[id] = occurrence.Start;
            }
        }

        foreach (Occurrence occurrence in Happenings.Of(was, window.Padded, zone, allowance).Occurrences)
        {
            if (occurrence.RecurrenceId is { } id && starts.TryGetValue(id, out CalendarTime start) && start != occurrence.Start)
            {
                newestFirst = With(newestFirst, new Move(identity, id, occurrence.Start, occurrence.End, now));
            }
        }

        return newestFirst;
    }

    /// <summary>Forgets what is too old or too much.</summary>
    public static ImmutableList<Move> Bound(ImmutableList<Move> newestFirst, Instant now)
    {
        int keep = 0;
        while (keep < newestFirst.Count && keep < MaxCount && newestFirst[keep].Moved >= now - MaxAge)
        {
            keep++;
        }

        return keep == newestFirst.Count ? newestFirst : newestFirst.RemoveRange(keep, newestFirst.Count - keep);
    }

    private static ImmutableList<Move> With(ImmutableList<Move> newestFirst, Move move)
    {
        // To and fro between the same times is remembered once each.
        ImmutableList<Move> others = newestFirst.RemoveAll(m => m with { Moved = move.Moved } == move);
        Move[] ofOne = [.. others.Where(m => m.Identity == move.Identity && m.RecurrenceId == move.RecurrenceId)];
        if (ofOne.Length >= MaxOfOne)
        {
            others = others.Remove(ofOne[^1]);
        }

        return Bound(others.Insert(0, move), move.Moved);
    }
}
