using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>When something that went away is remembered, and for how long.</summary>
public static class GhostRules
{
    /// <summary>At most so many ghosts a calendar.</summary>
    public const int MaxCount = 500;

    /// <summary>No ghost is older.</summary>
    public static readonly Duration MaxAge = Duration.FromDays(60);

    /// <summary>True when a reader could have seen a happening of <paramref name="was"/> that <paramref name="is"/> has not.</summary>
    /// <param name="was">Before.</param>
    /// <param name="is">After; null when it is gone.</param>
    /// <param name="window">What readers see.</param>
    /// <param name="zone">For days and floating times.</param>
    /// <param name="allowance">What all such looks of one pull may cost together.</param>
    public static bool LeavesGhost(
        CalendarObject was, CalendarObject? @is, ExpandedWindow window, DateTimeZone zone, ExpansionAllowance allowance)
    {
        if (@is is null)
        {
            return true;
        }

        if (!was.IsRecurring && !@is.IsRecurring)
        {
            return @is.Master?.Content.Status == EventStatus.Cancelled
                && was.Master?.Content.Status != EventStatus.Cancelled;
        }

        HashSet<CalendarTime?> left = [.. Happenings.Of(@is, window.Padded, zone, allowance).Occurrences.Select(o => o.RecurrenceId)];
        return Happenings.Of(was, window.Padded, zone, allowance).Occurrences.Any(o => !left.Contains(o.RecurrenceId));
    }

    /// <summary>Forgets what is too old or too much.</summary>
    public static ImmutableList<Ghost> Bound(ImmutableList<Ghost> newestFirst, Instant now)
    {
        int keep = 0;
        while (keep < newestFirst.Count && keep < MaxCount && newestFirst[keep].Gone >= now - MaxAge)
        {
            keep++;
        }

        return keep == newestFirst.Count ? newestFirst : newestFirst.RemoveRange(keep, newestFirst.Count - keep);
    }
}
