using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>One entry of a person's feed.</summary>
/// <param name="Sequence">Rises from entry to entry, and is never given twice to a person. There are gaps.</param>
/// <param name="Kind">Of what it tells.</param>
/// <param name="SourceId"><c>cal_…</c> for <see cref="NewsKind.Changed"/>, else <c>pro_…</c>.</param>
/// <param name="ConnectionId"><c>pro_…</c>.</param>
/// <param name="Since">When the first of its changes was committed, not cut to seconds.</param>
/// <param name="Origins">Where the changes come from, each once.</param>
[GenerateSerializer, Immutable, Alias("feed-entry")]
public sealed record FeedEntry(
    [property: Id(0)] long Sequence,
    [property: Id(1)] NewsKind Kind,
    [property: Id(2)] string SourceId,
    [property: Id(3)] string ConnectionId,
    [property: Id(4)] Instant Since,
    [property: Id(5)] ImmutableArray<ChangeOrigin> Origins);
