namespace CalendarActors.Grains;

/// <summary>The names under which grain state is stored. A name is a promise: rows are found by it for ever.</summary>
/// <remarks>
/// The storage row key does not contain the grain's type, so no two grain classes may share a state name.
/// </remarks>
public static class StorageNames
{
    /// <summary>The one storage provider.</summary>
    public const string Provider = "calendar";

    /// <summary>An application's registration.</summary>
    public const string Application = "application";

    /// <summary>What a deleted application owes: taking away its grants. Exists only while it does.</summary>
    public const string ApplicationOutbox = "application.outbox";

    /// <summary>An authorization request in flight. It owes its own end, so that no row is left behind.</summary>
    public const string AuthorizationRequest = "authorization-request.outbox";

    /// <summary>A request for elevated permissions in flight. It owes its own end.</summary>
    public const string PermissionRequest = "permission-request.outbox";

    /// <summary>A person's list.</summary>
    public const string Person = "person";

    /// <summary>What was told of a person and not all who listen have seen; exists only while there is something.</summary>
    public const string PersonFeed = "person-feed.outbox";

    /// <summary>A grant and the hashes of its tokens.</summary>
    public const string Grant = "grant";

    /// <summary>When a person can be met, as one application keeps it.</summary>
    public const string ManagedAvailability = "managed-availability";

    /// <summary>A bookable event and who registered.</summary>
    public const string BookableEvent = "bookable-event";

    /// <summary>What of a person's time is held; exists only while something is.</summary>
    public const string ScheduleHolds = "schedule.holds";

    /// <summary>A hold on several people's time; exists only while it is owed that it ends.</summary>
    public const string Hold = "hold.outbox";

    /// <summary>A channel: its address, its filter, its finished deliveries.</summary>
    public const string Channel = "channel";

    /// <summary>What a channel has not told yet; exists only while there is something.</summary>
    public const string ChannelOutbox = "channel.outbox";

    /// <summary>A connection's identity, health and calendars.</summary>
    public const string ConnectionMeta = "connection.meta";

    /// <summary>A connection's credential, sealed.</summary>
    public const string ConnectionTokens = "connection.tokens";

    /// <summary>What a connection owes; exists only while it does.</summary>
    public const string ConnectionOutbox = "connection.outbox";

    /// <summary>A calendar's identity and cursor: small, hot.</summary>
    public const string CalendarMeta = "calendar.meta";

    /// <summary>A calendar's schedule: the commit point.</summary>
    public const string CalendarSchedule = "calendar.schedule";

    /// <summary>What a calendar owes; exists only while it does.</summary>
    public const string CalendarOutbox = "calendar.outbox";

    /// <summary>What applications subscribed to of a calendar's events.</summary>
    public const string Trigger = "trigger";

    /// <summary>A call about an event; exists only while it is owed.</summary>
    public const string TriggerCall = "trigger-call.outbox";

    /// <summary>An uploaded file without its bytes, and the calendars that have it.</summary>
    public const string Attachment = "attachment";

    /// <summary>An uploaded file's bytes.</summary>
    public const string AttachmentContent = "attachment.content";
}
