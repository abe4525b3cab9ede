namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>Where a change of events comes from, and whose they are.</summary>
/// <param name="ManagedBy">The application whose managed event changed; null for an external one.</param>
/// <param name="WrittenBy">The application that wrote it through us; null when somebody did at the provider.</param>
[GenerateSerializer, Immutable, Alias("change-origin")]
public sealed record ChangeOrigin([property: Id(0)] string? ManagedBy, [property: Id(1)] string? WrittenBy);
