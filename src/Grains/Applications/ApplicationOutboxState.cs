using NodaTime;

namespace CalendarActors.Grains.Applications;

/// <summary>A deletion under way.</summary>
[GenerateSerializer, Alias("application-outbox-state")]
internal sealed record ApplicationOutboxState
{
    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public Instant DeletedAt { get; init; }
}
