using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;

namespace CalendarActors.Gateway.Channels;

/// <summary>What the OpenAPI document says of channels.</summary>
internal static class ChannelDescription
{
    private const string Tag = "Channels";

    private const string Members = """
        "channel_id": "chn_0123456789abcdef01234567", "callback_url": "https://example.com/hooks/calendar",
        "filters": { "only_managed": true }
        """;

    private const string SettingsMember = """ "settings": { "push": true, "standard_webhooks": false } """;

    public static ApiDescription Create { get; } = new(
        Tag,
        "Make a channel",
        "Notifications are posted to callback_url, beginning with a verification. filters may name calendar_ids (one or more of "
        + "this account's) and only_managed. An identical request gives the existing channel. At most 128 an account. Needs no "
        + "scope. callback_url: http or https, at most 2,048 characters, no user name or password in it. What an application "
        + "wrote itself it is not told of.",
        StatusCodes.Status200OK)
    {
        Body = """{ "callback_url": "https://example.com/hooks/calendar", "filters": { "only_managed": true } }""",
        BodySchema = ChannelSchemas.Create,
        Answer = $$"""{ "channel": { {{Members}} } }""",
        AnswerSchema = ChannelSchemas.One,
        Failures = [422],
    };

    public static ApiDescription List { get; } = new(
        Tag, "List channels", "Open ones, in the order of making.", StatusCodes.Status200OK)
    {
        Answer = $$"""{ "channels": [ { {{Members}} } ] }""",
        AnswerSchema = ChannelSchemas.List,
    };

    public static ApiDescription Close { get; } = new(
        Tag, "Close a channel", "What is under way may still arrive.", StatusCodes.Status202Accepted)
    {
        Failures = [404],
    };

    public static ApiDescription Deliveries { get; } = new(
        Tag,
        "List a channel's deliveries",
        "By sequence: finished ones as long as they are kept, then the one that is being tried. A finished one appears up to two "
        + "seconds later. state is delivered, pending, failed (the channel closed) or unpushed (it lies here to be fetched). "
        + "outcome says how the last attempt ended: accepted, gone, refused, timed_out, unreachable, tls_failed or "
        + "address_not_allowed. Give the last sequence known as after to fetch what is new.",
        StatusCodes.Status200OK)
    {
        Query =
        [
            new("after", "integer", "The last sequence known; without it, all that are kept."),
            new("limit", "integer", "1 to 50, default 50. next_after says where to go on."),
        ],
        Answer = $$"""
            {
              "channel": { {{Members}}, {{SettingsMember}} },
              "deliveries": [ {
                "sequence": 1, "id": "msg_0123456789abcdef01234567", "notification": { "type": "verification" },
                "state": "pending", "created": "2030-11-13T16:05:02Z", "attempts": 1,
                "last_attempt": "2030-11-13T16:05:02Z", "next_attempt": "2030-11-13T16:05:07Z", "outcome": "unreachable"
              } ]
            }
            """,
        AnswerSchema = ChannelSchemas.Deliveries,
        Failures = [404, 422],
    };

    public static ApiDescription Replay { get; } = new(
        Tag,
        "Tell again from a delivery on",
        "In as few deliveries as say it: one change with the earliest changes_since stands for all. They are new ones, so that no "
        + "receiver takes them for repetitions. One that is being tried is tried at once.",
        StatusCodes.Status202Accepted)
    {
        Body = """{ "from": 1 }""",
        BodySchema = ChannelSchemas.Replay,
        Failures = [404, 422],
    };

    public static ApiDescription Settings { get; } = new(
        Tag, "Show how a channel tells", "See setting it.", StatusCodes.Status200OK)
    {
        Answer = $$"""{ {{SettingsMember}} }""",
        AnswerSchema = ChannelSchemas.Settings,
        Failures = [404],
    };

    public static ApiDescription Set { get; } = new(
        Tag,
        "Set how a channel tells",
        "push: false keeps deliveries here to be fetched. standard_webhooks: true adds the headers webhook-id, webhook-timestamp "
        + "and webhook-signature; its key is HMAC-SHA256 of the text standard-webhooks by the client secret. What is not given "
        + "stays.",
        StatusCodes.Status200OK)
    {
        Body = """{ "push": true, "standard_webhooks": true }""",
        BodySchema = ChannelSchemas.Set,
        Answer = """{ "settings": { "push": true, "standard_webhooks": true } }""",
        AnswerSchema = ChannelSchemas.Settings,
        Failures = [404, 422],
    };

    public static ApiDescription OperatorList { get; } = new(
        OperatorDescription.Tag,
        "List channels and how well they deliver",
        "Of the channels that a page looks at, those that are wanted are listed; next says where to go on.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.OperatorKey,
        Query =
        [
            new("client_id", "string", "Only those of this application."),
            new("state", "string", "Only those that are well, failing (the last attempt failed and is repeated) or closed by themselves."),
            new("after", "string", "The 'next' of the page before."),
            new("limit", "integer", "How many; at most and by default 50."),
        ],
        Answer = """
            {
              "channels": [ {
                "channel_id": "chn_0123456789abcdef01234567", "client_id": "app_0123456789abcdef01234567",
                "account_id": "acc_0123456789abcdef01234567", "push": true, "backlog": 1, "failed_attempts": 3
              } ]
            }
            """,
        AnswerSchema = ChannelSchemas.OperatorList,
        Failures = [400, 422],
    };
}
