namespace CalendarActors.Grains.Persons;

/// <summary>A channel that listens to a person, as stored.</summary>
/// <param name="ChannelId"><c>chn_…</c>.</param>
/// <param name="After">It reads what was told after this sequence.</param>
[GenerateSerializer, Immutable, Alias("listener-state")]
internal sealed record ListenerState([property: Id(0)] string ChannelId, [property: Id(1)] long After);
