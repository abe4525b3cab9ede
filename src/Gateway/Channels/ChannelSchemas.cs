using CalendarActors.Domain.Channels;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Channels;

/// <summary>The shapes of channels and deliveries.</summary>
internal static class ChannelSchemas
{
    private static readonly ApiSchema Id = ApiSchema.Formatted(null, 28, "^chn_[0-9a-f]{24}$");

    private static readonly ApiSchema Callback = ApiSchema.Formatted("uri", CallbackAddresses.MaxLength, null);

    private static readonly ApiSchema Filters = ApiSchema.Object(
        "ChannelFilters",
        "Which changes are told; without any, all.",
        May("calendar_ids", ApiSchema.List(ApiIds.Calendar, 500), "Only in these calendars; at least one."),
        May("only_managed", ApiSchema.Flag, "Only the application's own events."));

    private static readonly ApiField[] Members =
        [Must("channel_id", Id), Must("callback_url", Callback), Must("filters", Filters)];

    private static readonly ApiSchema Channel = ApiSchema.Object("Channel", "An application that listens.", Members);

    private static readonly ApiSchema Tells = ApiSchema.Object(
        "ChannelSettings",
        "How a channel tells.",
        Must("push", ApiSchema.Flag, "False: deliveries lie here to be fetched."),
        Must("standard_webhooks", ApiSchema.Flag, "True: the headers of Standard Webhooks are added."));

    private static readonly ApiSchema Outcome = ApiSchema.Word([.. Enum.GetValues<CallbackOutcome>().Select(ChannelWords.Of)]);

    private static readonly ApiSchema Reason = ApiSchema.Word([.. Enum.GetValues<CloseReason>().Select(ChannelWords.Of)]);

    private static readonly ApiSchema Status = ApiSchema.Integer(0, 999);

    private static readonly ApiSchema Count = ApiSchema.Integer(0, int.MaxValue);

    private static readonly ApiSchema Delivery = ApiSchema.Object(
        "Delivery",
        "One notification, and what became of it.",
        Must("sequence", ApiSchema.Integer(1, int.MaxValue)),
        Must("id", ApiSchema.Formatted(null, 28, "^msg_[0-9a-f]{24}$"), "The same for each attempt."),
        Must("notification", ApiSchema.Object(
            "Notification",
            "What it tells.",
            Must("type", ApiSchema.Word([.. Enum.GetValues<NotificationKind>().Select(NotificationBody.WordOf)])),
            May("changes_since", ApiSchema.Moment, "Of a change: give it as last_modified."))),
        Must("state", ApiSchema.Word([.. Enum.GetValues<DeliveryProgress>().Select(ChannelWords.Of)])),
        Must("created", ApiSchema.Moment),
        Must("attempts", Count),
        May("last_attempt", ApiSchema.Moment),
        May("next_attempt", ApiSchema.Moment),
        May("outcome", Outcome, "How the last attempt ended."),
        May("status", Status, "Its HTTP status."));

    private static readonly ApiSchema Listed = ApiSchema.Object(
        "ChannelHealth",
        "A channel as the operator sees it: no address.",
        Must("channel_id", Id),
        Must("client_id", ApiIds.Application),
        Must("account_id", ApiIds.Account),
        Must("push", ApiSchema.Flag),
        Must("backlog", Count, "Notifications that wait, the one that is being tried included."),
        May("oldest_undelivered", OperatorSchemas.Moment),
        Must("failed_attempts", Count, "Of the one that is being tried."),
        May("next_attempt", OperatorSchemas.Moment),
        May("last_outcome", Outcome),
        May("last_status", Status),
        May("closed", Reason),
        May("closed_at", OperatorSchemas.Moment));

    public static ApiSchema Create { get; } = ApiSchema.Object(
        "ChannelRequest", "A channel to be made.", Must("callback_url", Callback), May("filters", Filters));

    public static ApiSchema One { get; } = ApiSchema.Object("ChannelAnswer", "A channel.", Must("channel", Channel));

    public static ApiSchema List { get; } = ApiSchema.Object(
        "ChannelList", "Open channels.", Must("channels", ApiSchema.List(Channel, 128)));

    public static ApiSchema Settings { get; } = ApiSchema.Object(
        "ChannelSettingsAnswer", "How a channel tells.", Must("settings", Tells));

    public static ApiSchema Set { get; } = ApiSchema.Object(
        "ChannelSettingsRequest",
        "How a channel is to tell; what is not given stays.",
        May("push", ApiSchema.Flag),
        May("standard_webhooks", ApiSchema.Flag));

    public static ApiSchema Replay { get; } = ApiSchema.Object(
        "ReplayRequest", "From where on to tell again.", Must("from", ApiSchema.Integer(1, int.MaxValue), "A sequence."));

    public static ApiSchema Deliveries { get; } = ApiSchema.Object(
        "DeliveryList",
        "A page of deliveries.",
        Must("channel", ApiSchema.Object(
            "ChannelWithSettings",
            "The channel.",
            [
                .. Members,
                Must("settings", Tells),
                May("closed", ApiSchema.Object(
                    "ChannelClosed", "Why it closed by itself.", Must("reason", Reason), Must("at", ApiSchema.Moment))),
            ])),
        Must("deliveries", ApiSchema.List(Delivery, 50)),
        May("next_after", ApiSchema.Integer(1, int.MaxValue), "Give it as after to go on; absent on the last page."));

    public static ApiSchema OperatorList { get; } = ApiSchema.Object(
        "OperatorChannelList",
        "A page of channels.",
        Must("channels", ApiSchema.List(Listed, 50)),
        May("next", ApiSchema.Text(255), "Give it as 'after' to go on; absent on the last page."));
}
