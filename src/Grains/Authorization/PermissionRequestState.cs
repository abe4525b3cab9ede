using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

[GenerateSerializer, Alias("permission-request-state")]
internal sealed record PermissionRequestState
{
    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public Instant ExpiresAt { get; init; }

    [Id(2)]
    public string GrantId { get; init; } = "";

    [Id(3)]
    public string ClientId { get; init; } = "";

    [Id(4)]
    public string ApplicationName { get; init; } = "";

    [Id(5)]
    public string PersonId { get; init; } = "";

    [Id(6)]
    public ImmutableArray<string> CalendarIds { get; init; } = [];

    [Id(7)]
    public string RedirectUri { get; init; } = "";
}
