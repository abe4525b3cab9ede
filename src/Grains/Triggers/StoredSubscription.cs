using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Triggers;

/// <summary>Who is called about an event, and when, as stored.</summary>
/// <param name="Address">The callback's URL.</param>
/// <param name="Transitions">In the order given.</param>
[GenerateSerializer, Immutable, Alias("stored-subscription")]
internal sealed record StoredSubscription(
    [property: Id(0)] SealedSecret Address, [property: Id(1)] ImmutableArray<StoredTransition> Transitions);
