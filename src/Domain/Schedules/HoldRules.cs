using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using NodaTime;

namespace CalendarActors.Domain.Schedules;

/// <summary>Keeps a person's time for one at a time.</summary>
public static class HoldRules
{
    /// <summary>Seconds that time may be kept.</summary>
    public const int LongestSeconds = 900;

    /// <summary>Seconds that time is kept where nobody says.</summary>
    public const int DefaultSeconds = 120;

    /// <summary>People of one hold.</summary>
    public const int Members = 50;

    /// <summary>Holds of one person at a time.</summary>
    public const int Most = 200;

    /// <summary>Those that count.</summary>
    public static ImmutableArray<Hold> Live(ImmutableArray<Hold> holds, Instant now) => holds.RemoveAll(h => h.ExpiresAt <= now);

    /// <summary>The time that is kept.</summary>
    public static TimeSet Kept(ImmutableArray<Hold> holds, Instant now) =>
        TimeSet.Of(Live(holds, now).Where(h => !h.IsConfirmed).Select(h => h.Time));

    /// <summary>Keeps time for somebody, if it is free. Asked again, it is kept until then at least, unless a meeting is written for it.</summary>
    /// <remarks>The same hold for another time is another hold, unless a meeting is being written for it.</remarks>
    /// <param name="holds">What is kept.</param>
    /// <param name="wanted">What is to be.</param>
    /// <param name="busy">When the person is busy.</param>
    /// <param name="now">The present.</param>
    /// <returns>What it came to, and what is kept then.</returns>
    public static (HoldOutcome Outcome, ImmutableArray<Hold> Holds) Take(
        ImmutableArray<Hold> holds, Hold wanted, TimeSet busy, Instant now)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(busy);
        ImmutableArray<Hold> live = Live(holds, now);
        Hold? known = live.FirstOrDefault(h => h.Key == wanted.Key && h.ClientId == wanted.ClientId);
        if (known is not null && known.Time == wanted.Time)
        {
            return known.IsConfirmed
                ? (HoldOutcome.Settled, live)
                : (HoldOutcome.Held, live.Replace(known, known with { ExpiresAt = Instant.Max(known.ExpiresAt, wanted.ExpiresAt) }));
        }

        if (known?.IsBeingWritten(now) == true)
        {
            return (HoldOutcome.HeldByAnother, live);
        }

        live = known is null ? live : live.Remove(known);
        HoldOutcome outcome = busy.FirstIn(wanted.Time) is not null ? HoldOutcome.Busy
            : Kept(live, now).FirstIn(wanted.Time) is not null ? HoldOutcome.HeldByAnother
            : live.Length >= Most ? HoldOutcome.Full
            : HoldOutcome.Held;
        return (outcome, outcome == HoldOutcome.Held ? live.Add(wanted) : live);
    }

    /// <summary>Keeps it no longer, or no longer than a meeting is being written for it. What is not kept is no fault.</summary>
    public static ImmutableArray<Hold> Release(ImmutableArray<Hold> holds, string key, string clientId, Instant now)
    {
        ImmutableArray<Hold> live = Live(holds, now);
        return live.FirstOrDefault(h => h.Key == key && h.ClientId == clientId) switch
        {
            null => live,
            { WritingUntil: { } until } hold when hold.IsBeingWritten(now) => live.Replace(hold, hold with { ExpiresAt = until }),
            Hold hold => live.Remove(hold),
        };
    }

    /// <summary>The meeting is written: the time is its own now. That it was held is remembered, for those who write it again.</summary>
    public static ImmutableArray<Hold> Settle(ImmutableArray<Hold> holds, string key, string clientId) =>
        holds.FirstOrDefault(h => h.Key == key && h.ClientId == clientId) is { } hold
            ? holds.Replace(hold, hold with { IsConfirmed = true, WritingUntil = null })
            : holds;

    /// <summary>The meeting is not written after all: another one may be.</summary>
    public static ImmutableArray<Hold> Reopen(ImmutableArray<Hold> holds, string key, string clientId) =>
        holds.FirstOrDefault(h => h.Key == key && h.ClientId == clientId && !h.IsConfirmed) is { } hold
            ? holds.Replace(hold, hold with { Meeting = null, WritingUntil = null })
            : holds;

    /// <summary>Keeps it a little longer, while the meeting is being written: one meeting, and the same once more.</summary>
    /// <remarks>
    /// Which meeting is remembered until it is known not to be written (<see cref="Reopen"/>): of one whose writing was never
    /// answered nobody knows. Once it is written and its time is, or was, held by somebody else, it cannot be written once more.
    /// </remarks>
    /// <param name="holds">What is kept.</param>
    /// <param name="key">Which.</param>
    /// <param name="clientId">Whose.</param>
    /// <param name="meeting">Which meeting; null where that is not said.</param>
    /// <param name="time">Its time, which must lie in it; null when it is not said.</param>
    /// <param name="until">At least until then.</param>
    /// <param name="now">The present.</param>
    /// <returns>What is kept then; default when nothing of that kind is kept.</returns>
    public static ImmutableArray<Hold> Confirm(
        ImmutableArray<Hold> holds, string key, string clientId, string? meeting, Stretch? time, Instant until, Instant now)
    {
        ImmutableArray<Hold> live = Live(holds, now);
        if (live.FirstOrDefault(h => h.Key == key && h.ClientId == clientId) is not { } hold
            || (time is { } t && (t.Start < hold.Time.Start || t.End > hold.Time.End))
            || (hold.Meeting is not null && meeting is not null && hold.Meeting != meeting)
            || (hold.IsConfirmed && live.Any(h => h != hold && h.Time.Start < hold.Time.End && hold.Time.Start < h.Time.End)))
        {
            return default;
        }

        return live.Replace(hold, hold with
        {
            ExpiresAt = Instant.Max(hold.ExpiresAt, until),
            Meeting = meeting ?? hold.Meeting,
            WritingUntil = hold.IsConfirmed ? null : until,
        });
    }
}
