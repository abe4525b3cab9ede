using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>When a watch is renewed, and when it is tried again.</summary>
public static class WatchRules
{
    /// <summary>The longest wait between two attempts to start a watch. Meanwhile the calendar is polled.</summary>
    public static readonly Duration LongestWait = Duration.FromHours(6);

    private static readonly Duration FirstWait = Duration.FromMinutes(1);

    /// <summary>When a watch must be renewed: half its life before its end, or a quarter where two of them overlap meanwhile.</summary>
    /// <param name="started">When it was started or renewed last.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="isRenewedInPlace">True when it is prolonged; false when another is started beside it.</param>
    /// <param name="chance">0 inclusive to 1 exclusive: up to a twentieth of its life earlier, to spread them.</param>
    public static Instant RenewalDue(Instant started, Instant expiresAt, bool isRenewedInPlace, double chance) =>
        started + ((expiresAt - started) * ((isRenewedInPlace ? 0.5 : 0.75) - (0.05 * chance)));

    /// <summary>
    /// How often a calendar is woken whose activation may be gone: seldom while the provider tells us, if a watch that is
    /// renewed only then is still renewed in time.
    /// </summary>
    /// <param name="started">When its watch was started or renewed last.</param>
    /// <param name="expiresAt">When that ends.</param>
    /// <param name="isRenewedInPlace">True when it is prolonged; false when another is started beside it.</param>
    /// <param name="watched">How often while it is watched.</param>
    /// <param name="otherwise">How often while it is not.</param>
    public static Duration WakePeriod(
        Instant started, Instant expiresAt, bool isRenewedInPlace, Duration watched, Duration otherwise) =>
        expiresAt - RenewalDue(started, expiresAt, isRenewedInPlace, chance: 0) >= watched * 2 ? watched : otherwise;

    /// <summary>How long to wait after failures in a row: a minute, then four times longer each time.</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="chance">0 inclusive to 1 exclusive: half of the wait is chance.</param>
    public static Duration WaitAfter(int failures, double chance)
    {
        Duration full = Duration.Min(LongestWait, FirstWait * Math.Pow(4, Math.Clamp(failures - 1, 0, 10)));
        return (full * 0.5) + (full * (0.5 * chance));
    }
}
