using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Grains.Connections;

/// <summary>A calendar of a connection, as stored.</summary>
/// <param name="ProviderCalendarId">The provider's id.</param>
/// <param name="Summary">How it is listed.</param>
/// <param name="HasSynced">True once it was pulled.</param>
[GenerateSerializer, Immutable, Alias("connected-calendar-state")]
internal sealed record ConnectedCalendarState(
    [property: Id(0)] string ProviderCalendarId,
    [property: Id(1)] CalendarSummary Summary,
    [property: Id(2)] bool HasSynced);
