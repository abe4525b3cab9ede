namespace CalendarActors.Gateway.RateLimits;

/// <summary>Whether a request of an application may go on.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="RetryAfterSeconds">1 or more when limited, else 0.</param>
internal readonly record struct RateVerdict(RateVerdictKind Kind, int RetryAfterSeconds)
{
    public static RateVerdict Allowed { get; } = new(RateVerdictKind.Allowed, 0);

    public static RateVerdict Gone { get; } = new(RateVerdictKind.Gone, 0);

    public static RateVerdict Limited(int retryAfterSeconds) => new(RateVerdictKind.Limited, Math.Max(1, retryAfterSeconds));
}
