namespace CalendarActors.Gateway.RateLimits;

internal enum RateVerdictKind
{
    /// <summary>Go on.</summary>
    Allowed,

    /// <summary>429 with <c>Retry-After</c>.</summary>
    Limited,

    /// <summary>There is no such application any more: 401.</summary>
    Gone,
}
