using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Commits that a reader saw, from the first that was not told when the last of them was made, as stored.</summary>
/// <remarks>It stays when it is told: the outbox says whether it is owed.</remarks>
/// <param name="Version">The schedule's version of the last of them.</param>
/// <param name="Since">When the first of them was committed.</param>
/// <param name="Origins">Where they come from, each once.</param>
[GenerateSerializer, Immutable, Alias("unannounced-state")]
internal sealed record UnannouncedState(
    [property: Id(0)] long Version, [property: Id(1)] Instant Since, [property: Id(2)] ImmutableArray<ChangeOrigin> Origins);
