namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>One calendar of a connection.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="Name">Display name.</param>
/// <param name="IsReadOnly">True when nothing can be written to it.</param>
/// <param name="IsDeleted">True when the provider lists it no more.</param>
/// <param name="IsPrimary">True for the login's default calendar.</param>
/// <param name="Color"><c>#RRGGBB</c>; null when unknown.</param>
/// <param name="ZoneId">IANA zone; null when unknown.</param>
[GenerateSerializer, Immutable, Alias("calendar-summary")]
public sealed record CalendarSummary(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] string Name,
    [property: Id(2)] bool IsReadOnly,
    [property: Id(3)] bool IsDeleted,
    [property: Id(4)] bool IsPrimary,
    [property: Id(5)] string? Color,
    [property: Id(6)] string? ZoneId)
{
    /// <summary>Prints the id only.</summary>
    public override string ToString() => CalendarId;
}
