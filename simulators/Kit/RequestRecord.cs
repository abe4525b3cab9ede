namespace CalendarActors.Simulators.Kit;

/// <summary>One request that reached the simulator.</summary>
/// <param name="Sequence">Order of arrival, from 1.</param>
/// <param name="At">Arrival by the simulator's clock.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path, decoded.</param>
/// <param name="Query">Query with its question mark; empty without one.</param>
/// <param name="Class">The provider's name for this sort of request.</param>
/// <param name="Caller">On whose behalf, as the provider tells; null when it cannot.</param>
/// <param name="InFlight">Requests of the same caller in flight at arrival, this one counted.</param>
/// <param name="Status">What was answered, or would have been had the answer not been lost; 0 when nothing was.</param>
/// <param name="Fault">What went wrong on purpose.</param>
public sealed record RequestRecord(
    long Sequence, DateTimeOffset At, string Method, string Path, string Query, string Class, string? Caller, int InFlight, int Status, Fault Fault)
{
    /// <summary>The request's body, up to 64 KiB; empty for requests that carry secrets.</summary>
    public string Body { get; init; } = "";
}
