using System.Text.Json.Serialization;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Gateway.Connections;

/// <summary>A page of connections.</summary>
internal sealed record ConnectionListWire(
    [property: JsonPropertyName("connections")] IReadOnlyList<ConnectionWire> Connections,
    [property: JsonPropertyName("next")] string? Next);

/// <summary>A connection as the operator sees it: no name, no address.</summary>
internal sealed record ConnectionWire(
    [property: JsonPropertyName("profile_id")] string ProfileId,
    [property: JsonPropertyName("provider_name")] string ProviderName,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("initial_sync_required")] bool InitialSyncRequired,
    [property: JsonPropertyName("calendars")] IReadOnlyList<CalendarHealthWire> Calendars)
{
    public static ConnectionWire From(ConnectionHealth health) => new(
        health.Summary.ConnectionId,
        health.Summary.ProviderName,
        health.Summary.State == ConnectionState.Connected ? "connected" : "disconnected",
        health.Summary.Reason,
        health.Summary.InitialSyncRequired,
        [
            .. health.Calendars.OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => CalendarHealthWire.From(c.Key, c.Value, health.Summary.ProviderName)),
        ]);

    public override string ToString() => ProfileId;
}

/// <summary>How well one calendar is kept.</summary>
internal sealed record CalendarHealthWire(
    [property: JsonPropertyName("calendar_id")] string CalendarId,
    [property: JsonPropertyName("last_synced")] DateTimeOffset? LastSynced,
    [property: JsonPropertyName("watch")] string Watch,
    [property: JsonPropertyName("watched_until")] DateTimeOffset? WatchedUntil,
    [property: JsonPropertyName("lag_seconds")] double? LagSeconds,
    [property: JsonPropertyName("pending_writes")] int PendingWrites,
    [property: JsonPropertyName("repairs")] long Repairs,
    [property: JsonPropertyName("last_fault")] string? LastFault)
{
    public static CalendarHealthWire From(string calendarId, CalendarStatus status, string providerName) => new(
        calendarId,
        status.LastSynced?.ToDateTimeOffset(),
        WatchOf(status, providerName),
        status.WatchedUntil?.ToDateTimeOffset(),
        status.LagSeconds,
        status.Pending,
        status.Repairs,
        status.LastFault);

    private static string WatchOf(CalendarStatus status, string providerName) =>
        providerName == ProviderNames.Native ? "none" : status.WatchedUntil is null ? "polled" : "watched";
}
