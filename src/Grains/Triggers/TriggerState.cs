using System.Collections.Immutable;

namespace CalendarActors.Grains.Triggers;

/// <summary>What applications subscribed to of a calendar's events, as stored. The row goes when nobody listens any more.</summary>
[GenerateSerializer, Immutable, Alias("trigger-state")]
internal sealed record TriggerState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Whose calendar it is and who is listened to; empty where there is nothing.</summary>
    [Id(1)]
    public string PersonId { get; init; } = "";

    /// <summary>In the order of subscribing; empty while it leaves.</summary>
    [Id(2)]
    public ImmutableArray<TriggeredEvent> Events { get; init; } = [];

    /// <summary>True when there is something, if only to leave.</summary>
    public bool Exists => PersonId.Length > 0;

    /// <summary>An event; null when it has no subscriptions.</summary>
    public TriggeredEvent? Find(string clientId, string eventId) =>
        Events.FirstOrDefault(e => e.ClientId == clientId && e.EventId == eventId);
}
