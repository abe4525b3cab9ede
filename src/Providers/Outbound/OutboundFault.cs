namespace CalendarActors.Providers.Outbound;

/// <summary>Why a call ended without an answer.</summary>
/// <param name="Kind">Which of the closed list.</param>
/// <param name="Detail">A sentence for an operator; no secrets.</param>
internal sealed record OutboundFault(OutboundFaultKind Kind, string Detail);
