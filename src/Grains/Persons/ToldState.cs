using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Persons;

/// <summary>An entry of a person's feed, as stored, and the last news in it.</summary>
/// <param name="Entry">What listeners read.</param>
/// <param name="Version">The version of the last news.</param>
/// <param name="Since">That news' own time; the entry's is the earliest of all.</param>
[GenerateSerializer, Immutable, Alias("told-state")]
internal sealed record ToldState(
    [property: Id(0)] FeedEntry Entry, [property: Id(1)] long Version, [property: Id(2)] Instant Since)
{
    /// <summary>True when this is about the same of the same source.</summary>
    public bool IsOf(PersonNews news) => Entry.Kind == news.Kind && Entry.SourceId == news.SourceId;
}
