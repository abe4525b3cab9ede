using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>What follows from an attempt: done, tried again later, or given up.</summary>
/// <remarks>Waits as in the Standard Webhooks specification's spirit: soon at first, then about every 6 hours over 3 days.</remarks>
public static class DeliveryRules
{
    /// <summary>How long a delivery is tried, from the end of its first attempt.</summary>
    public static readonly Duration Window = Duration.FromHours(72);

    /// <summary>Fewer attempts than these are never enough, even when we ourselves were away for the whole window.</summary>
    public const int LeastAttempts = 10;

    /// <summary>The longest that an application can make us wait by asking.</summary>
    public static readonly Duration LongestAskedWait = Duration.FromHours(12);

    /// <summary>The waits, before chance; the last repeats.</summary>
    private static readonly ImmutableArray<Duration> Waits =
    [
        Duration.FromSeconds(5),
        Duration.FromSeconds(30),
        Duration.FromMinutes(2),
        Duration.FromMinutes(10),
        Duration.FromMinutes(30),
        Duration.FromHours(1),
        Duration.FromHours(2),
        Duration.FromHours(4),
        Duration.FromHours(6),
    ];

    /// <summary>The delivery after one more attempt.</summary>
    /// <remarks>
    /// The last attempt is never before the window's end, so an application that was away for just as long gets everything.
    /// </remarks>
    /// <param name="delivery">Pending.</param>
    /// <param name="answer">How the attempt ended.</param>
    /// <param name="now">The clock.</param>
    /// <param name="chance">0 inclusive to 1 exclusive: spreads those who failed together.</param>
    /// <returns>Delivered; failed, which closes the channel; or pending with its next attempt.</returns>
    public static Delivery After(Delivery delivery, CallbackAnswer answer, Instant now, double chance)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(answer);
        Instant first = delivery.FirstAttempt ?? now;
        Delivery next = delivery with
        {
            Attempts = delivery.Attempts + 1,
            FirstAttempt = first,
            LastAttempt = now,
            NextAttempt = null,
            Outcome = answer.Outcome,
            Status = answer.Status,
        };
        bool isOver = now >= first + Window && next.Attempts >= LeastAttempts;
        return answer.Outcome switch
        {
            CallbackOutcome.Accepted => next with { Progress = DeliveryProgress.Delivered },
            CallbackOutcome.Gone => next with { Progress = DeliveryProgress.Failed },
            _ when isOver => next with { Progress = DeliveryProgress.Failed },
            _ => next with { NextAttempt = NextAfter(next, answer.RetryAfter, now, first + Window, chance) },
        };
    }

    private static Instant NextAfter(Delivery delivery, Duration? asked, Instant now, Instant end, double chance)
    {
        Duration wait = Waits[Math.Min(delivery.Attempts, Waits.Length) - 1] * (0.8 + (0.4 * chance));
        Instant next = now + Duration.Max(wait, Duration.Min(asked ?? Duration.Zero, LongestAskedWait));
        return now < end && next > end ? end : next;
    }
}
