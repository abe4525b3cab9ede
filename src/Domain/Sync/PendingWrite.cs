using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>A write that was accepted and that the provider has not taken yet.</summary>
/// <param name="Sequence">Rises with every accepted write of the calendar.</param>
/// <param name="Key">Which event.</param>
/// <param name="Change">What it becomes; null when it is deleted or answered.</param>
/// <param name="Accepted">When it was accepted.</param>
public sealed record PendingWrite(long Sequence, ManagedKey Key, EventChange? Change, Instant Accepted)
{
    /// <summary>True when the event is not the writer's own: it is changed where it is, and never made.</summary>
    public bool IsExternal { get; init; }

    /// <summary>What a person answers to an invitation; null when that is not what is written.</summary>
    public EventAnswer? Answer { get; init; }

    /// <summary>True when the event is to be gone.</summary>
    public bool IsDeletion => Change is null && Answer is null;

    /// <summary>What the event becomes; null when it is gone afterwards.</summary>
    /// <param name="existing">The event as it is; null when there is none.</param>
    /// <param name="uid">The UID of a created event.</param>
    public CalendarObject? ApplyTo(CalendarObject? existing, string uid) => this switch
    {
        { IsDeletion: true } => null,
        { IsExternal: true } when existing is null => null,
        { Answer: { } answer } => answer.ApplyTo(existing!),
        _ => Change!.ApplyTo(existing, uid),
    };
}
