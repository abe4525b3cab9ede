using System.Collections.Immutable;
using CalendarActors.Domain.Grants;

namespace CalendarActors.Grains.Grants;

[GenerateSerializer, Alias("grant-state")]
internal sealed record GrantState
{
    [Id(0)]
    public int Version { get; init; } = 1;

    [Id(1)]
    public string ClientId { get; init; } = "";

    [Id(2)]
    public string PersonId { get; init; } = "";

    /// <summary>Everything that the person ever allowed, without what a single token may be narrower by.</summary>
    [Id(3)]
    public string Scope { get; init; } = "";

    /// <summary>The profile that was connected or confirmed last.</summary>
    [Id(4)]
    public string? LinkingConnectionId { get; init; }

    [Id(5)]
    public string? ApplicationCalendarId { get; init; }

    [Id(6)]
    public TokenLedger Tokens { get; init; } = TokenLedger.Empty;

    /// <summary>Link tokens that are good, oldest first.</summary>
    [Id(7)]
    public ImmutableArray<StoredLink> Links { get; init; } = [];

    /// <summary>Calendars in which the person lets the application change what it did not make.</summary>
    [Id(8)]
    public ImmutableArray<string> Unrestricted { get; init; } = [];

    /// <summary>The channels that the application opened, in the order of making; some may have closed by themselves.</summary>
    [Id(9)]
    public ImmutableArray<GrantedChannelState> Channels { get; init; } = [];
}

/// <summary>A channel of a grant.</summary>
/// <param name="ChannelId"><c>chn_…</c>.</param>
/// <param name="Fingerprint">What an identical request is known by.</param>
[GenerateSerializer, Immutable, Alias("granted-channel-state")]
internal sealed record GrantedChannelState(
    [property: Id(0)] string ChannelId, [property: Id(1)] ImmutableArray<byte> Fingerprint);
