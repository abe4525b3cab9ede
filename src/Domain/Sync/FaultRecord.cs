using CalendarActors.Domain.Providers;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>How a calendar's provider calls have been failing.</summary>
/// <param name="Kind">The last fault.</param>
/// <param name="Count">How many in a row, of any kind; at least 1.</param>
/// <param name="NotBefore">No call before then.</param>
/// <param name="Detail">For an operator; no secret.</param>
public sealed record FaultRecord(ProviderFaultKind Kind, int Count, Instant NotBefore, string Detail);
