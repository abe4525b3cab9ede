using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>A write that was accepted and that the provider has not taken yet.</summary>
/// <param name="Sequence">Rises with every accepted write of the calendar.</param>
/// <param name="Key">Which event.</param>
/// <param name="Change">What it becomes; null when it is deleted.</param>
/// <param name="Accepted">When it was accepted.</param>
public sealed record PendingWrite(long Sequence, ManagedKey Key, EventChange? Change, Instant Accepted);
