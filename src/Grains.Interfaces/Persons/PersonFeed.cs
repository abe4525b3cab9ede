using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>A page of a person's feed.</summary>
/// <param name="Entries">In their order, at most 100; there are more when the last of them is older than <paramref name="Last"/>.</param>
/// <param name="Last">The last sequence that was given, of an entry or of one that all have seen.</param>
[GenerateSerializer, Immutable, Alias("person-feed")]
public sealed record PersonFeed(
    [property: Id(0)] ImmutableArray<FeedEntry> Entries, [property: Id(1)] long Last);
