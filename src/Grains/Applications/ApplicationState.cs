using System.Collections.Immutable;
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
