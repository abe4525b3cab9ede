using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Applications;

[GenerateSerializer, Alias("application-state")]
internal sealed record ApplicationState
{
    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public string Name { get; init; } = "";

    [Id(2)]
    public ImmutableArray<string> RedirectUris { get; init; } = [];

    [Id(3)]
    public bool RotatesRefreshTokens { get; init; }

    [Id(4)]
    public ImmutableArray<StoredSecret> Secrets { get; init; } = [];

    [Id(5)]
    public Instant Created { get; init; }
}

/// <summary>A client secret: hashed to compare, sealed to sign notifications with.</summary>
[GenerateSerializer, Immutable, Alias("stored-secret")]
internal sealed record StoredSecret(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> Hash,
    [property: Id(2)] SealedSecret Sealed,
    [property: Id(3)] Instant Created);

/// <summary>A deletion under way.</summary>
[GenerateSerializer, Alias("application-outbox-state")]
internal sealed record ApplicationOutboxState
{
    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public Instant DeletedAt { get; init; }
}
