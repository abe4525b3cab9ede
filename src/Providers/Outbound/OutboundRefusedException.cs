namespace CalendarActors.Providers.Outbound;

/// <summary>Carries a refusal of the guard out of the connect callback, which has no other way to answer.</summary>
internal sealed class OutboundRefusedException(OutboundFault fault) : IOException(fault.Detail)
{
    public OutboundFault Fault { get; } = fault;
}
