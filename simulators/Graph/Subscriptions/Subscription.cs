using CalendarActors.Simulators.Graph.Calendars;

namespace CalendarActors.Simulators.Graph.Subscriptions;

/// <summary>Somebody who wants to be told of changes.</summary>
internal sealed class Subscription
{
    public required string Id { get; init; }

    public required Mailbox Mailbox { get; init; }


    /// <summary>The calendar watched; null watches all of the mailbox.</summary>
    public required CalendarFolder? Calendar { get; init; }

    public required string Resource { get; init; }

    public required string[] ChangeTypes { get; init; }

    public required Uri Url { get; init; }

    public Uri? LifecycleUrl { get; init; }

    public string? ClientState { get; init; }

    /// <summary>Whether notifications name immutable ids, as asked for at creation.</summary>
    public bool ImmutableIds { get; init; }

    public DateTimeOffset Expires { get; set; }
}
