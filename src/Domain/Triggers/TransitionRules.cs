using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>Decides when a transition fires, as its event moves.</summary>
/// <remarks>
/// A moment counts when it lay ahead of the change that put it there: it then fires once, late where we were away. What a
/// change moves away before it came is forgotten; what a change puts into the past is passed over. A change that leaves what
/// a transition waits for where it is, such as one of the title, changes nothing.
/// </remarks>
public static class TransitionRules
{
    /// <summary>Looks at an event.</summary>
    /// <param name="progress">How far the transition has come.</param>
    /// <param name="transition">Which.</param>
    /// <param name="happenings">As they are now, in any order; empty when the event is gone.</param>
    /// <param name="changed">When the event last changed, or went: a commit's time.</param>
    /// <param name="now">The clock; not before <paramref name="changed"/>.</param>
    /// <param name="spread">How long after it is due it fires, zero or more; the same each time.</param>
    public static TransitionStep Step(
        TransitionProgress progress,
        Transition transition,
        IEnumerable<HappeningTimes> happenings,
        Instant changed,
        Instant now,
        Duration spread)
    {
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(happenings);
        Armed[] dues = [.. happenings.Select(h => new Armed(transition.DueOf(h), h)).OrderBy(a => a.Due)];
        var fired = ImmutableArray.CreateBuilder<Armed>();
        Instant settled = progress.SettledThrough;
        Armed? armed = progress.Armed is { } before ? Still(before, dues, settled, changed) : null;

        // What is new counts from its subscription on, and what follows something that stayed from that on.
        bool isUnmoved = armed is not null || progress.IsNew;
        if (armed is null && progress.Armed is { } moved && moved.Due <= changed)
        {
            // Moved away after its time had come. Not spread: its place is needed for where the event is now.
            fired.Add(moved);
            settled = Instant.Max(settled, moved.Due);
        }

        while (true)
        {
            armed ??= Array.Find(dues, d => d.Due > settled && (isUnmoved || d.Due > changed));
            if (armed is null || armed.Due + spread > now)
            {
                return new TransitionStep(new TransitionProgress(settled, armed, IsNew: false), fired.DrainToImmutable());
            }

            fired.Add(armed);
            (settled, armed) = (armed.Due, null);
        }
    }

    /// <summary>What was armed, or what a change put before it; null when it was moved away.</summary>
    private static Armed? Still(Armed before, Armed[] dues, Instant settled, Instant changed)
    {
        Instant floor = Instant.Max(settled, changed);
        return Array.Find(dues, d => d.Due == before.Due) is { } still
            ? Array.Find(dues, d => d.Due > floor && d.Due < still.Due) ?? still
            : null;
    }
}
