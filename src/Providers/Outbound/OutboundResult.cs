using System.Diagnostics.CodeAnalysis;

namespace CalendarActors.Providers.Outbound;

/// <summary>An answer, of whatever status, or the reason why there is none.</summary>
internal sealed record OutboundResult(OutboundResponse? Response, OutboundFault? Fault)
{
    /// <summary>True when there is an answer.</summary>
    [MemberNotNullWhen(true, nameof(Response))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsAnswered => Response is not null;

    public static implicit operator OutboundResult(OutboundResponse response) => new(response, null);

    public static implicit operator OutboundResult(OutboundFault fault) => new(null, fault);
}
