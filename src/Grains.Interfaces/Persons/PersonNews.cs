using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>One change, or several of one source that were not told one by one.</summary>
/// <param name="Kind">Of what.</param>
/// <param name="SourceId">Who tells: <c>cal_…</c> for <see cref="NewsKind.Changed"/>, else <c>pro_…</c>.</param>
/// <param name="ConnectionId"><c>pro_…</c>.</param>
/// <param name="Version">The source's version that has the last of the changes.</param>
/// <param name="Since">
/// When the first of them was committed: whoever reads everything that changed then or later misses none. Not cut to seconds.
/// </param>
/// <param name="Origins">Where the changes come from, each once; empty for other kinds than <see cref="NewsKind.Changed"/>.</param>
[GenerateSerializer, Immutable, Alias("person-news")]
public sealed record PersonNews(
    [property: Id(0)] NewsKind Kind,
    [property: Id(1)] string SourceId,
    [property: Id(2)] string ConnectionId,
    [property: Id(3)] long Version,
    [property: Id(4)] Instant Since,
    [property: Id(5)] ImmutableArray<ChangeOrigin> Origins);
