using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces.Channels;

namespace CalendarActors.Gateway.Channels;

/// <summary>A page of channels.</summary>
internal sealed record ChannelListWire(
    [property: JsonPropertyName("channels")] IReadOnlyList<ChannelStatusWire> Channels,
    [property: JsonPropertyName("next")] string? Next);

/// <summary>A channel as the operator sees it: no address.</summary>
internal sealed record ChannelStatusWire(
    [property: JsonPropertyName("channel_id")] string ChannelId,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("account_id")] string AccountId,
    [property: JsonPropertyName("push")] bool Push,
    [property: JsonPropertyName("backlog")] int Backlog,
    [property: JsonPropertyName("oldest_undelivered")] DateTimeOffset? Oldest,
    [property: JsonPropertyName("failed_attempts")] int FailedAttempts,
    [property: JsonPropertyName("next_attempt")] DateTimeOffset? NextAttempt,
    [property: JsonPropertyName("last_outcome")] string? LastOutcome,
    [property: JsonPropertyName("last_status")] int? LastStatus,
    [property: JsonPropertyName("closed")] string? Closed,
    [property: JsonPropertyName("closed_at")] DateTimeOffset? ClosedAt)
{
    public static ChannelStatusWire From(ChannelStatus status) => new(
        status.ChannelId,
        status.ClientId,
        status.GrantId,
        status.IsPushed,
        status.Backlog,
        status.Oldest?.ToDateTimeOffset(),
        status.Attempts,
        status.NextAttempt?.ToDateTimeOffset(),
        status.LastOutcome is { } outcome ? ChannelWords.Of(outcome) : null,
        status.LastStatus,
        status.Closed is { } reason ? ChannelWords.Of(reason) : null,
        status.ClosedAt?.ToDateTimeOffset());
}
