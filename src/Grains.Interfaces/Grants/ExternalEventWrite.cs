using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>A write of an event that is not the application's own: a change, an answer, or neither for a deletion.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="Uid">The event's uid.</param>
/// <param name="Change">What it becomes; null when it is answered or deleted.</param>
/// <param name="Answer">What the person answers to the invitation; null when it is changed or deleted.</param>
[GenerateSerializer, Immutable, Alias("external-event-write")]
public sealed record ExternalEventWrite(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] string Uid,
    [property: Id(2)] EventChange? Change,
    [property: Id(3)] ParticipationStatus? Answer)
{
    /// <summary>Prints ids only.</summary>
    public override string ToString() => $"ExternalEventWrite({Uid})";
}
