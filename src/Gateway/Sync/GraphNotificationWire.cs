using System.Text.Json.Serialization;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Gateway.Sync;

/// <summary>A <c>changeNotification</c> of Microsoft Graph, as far as we look at it: content comes from pulls only.</summary>
internal sealed record GraphNotificationWire(
    [property: JsonPropertyName("subscriptionId")] string? SubscriptionId,
    [property: JsonPropertyName("clientState")] string? ClientState,
    [property: JsonPropertyName("lifecycleEvent")] string? LifecycleEvent)
{
    [JsonIgnore]
    public WatchNoticeKind Kind => LifecycleEvent switch
    {
        null => WatchNoticeKind.Changed,
        "reauthorizationRequired" => WatchNoticeKind.RenewalDemanded,
        "subscriptionRemoved" => WatchNoticeKind.Removed,

        // "missed", and what Graph may invent later: looking costs little.
        _ => WatchNoticeKind.Missed,
    };
}

/// <summary>A <c>changeNotificationCollection</c>.</summary>
internal sealed record GraphNotificationsWire(
    [property: JsonPropertyName("value")] IReadOnlyList<GraphNotificationWire?>? Value);
