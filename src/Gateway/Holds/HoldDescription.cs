using CalendarActors.Domain.Schedules;
using CalendarActors.Gateway.Api;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.Holds;

/// <summary>What the OpenAPI document says of holds.</summary>
internal static class HoldDescription
{
    private const string Tag = "Holds";

    private const string Example = """
        {
          "hold": {
            "hold_id": "booking-42", "start": "2031-05-06T09:00:00Z", "end": "2031-05-06T10:00:00Z",
            "expires_at": "2031-05-01T09:02:00Z", "participants": [{ "sub": "acc_0123456789abcdef01234567" }]
          }
        }
        """;

    private static readonly ApiSchema Id = ApiSchema.Formatted(null, 64, "^[!-~]+$");

    private static readonly ApiSchema Member = ApiSchema.Object(
        "HoldMember",
        "Somebody whose time is to be kept.",
        Must("sub", ApiIds.Account),
        May("calendar_ids", ApiSchema.List(ApiIds.Calendar, 500), "The calendars that keep them busy: all without it."));

    private static readonly ApiSchema Answer = ApiSchema.Object(
        "HoldAnswer",
        "Time that is kept.",
        Must("hold", ApiSchema.Object(
            "Hold",
            "Time of several people.",
            Must("hold_id", Id),
            Must("start", ApiSchema.Moment),
            Must("end", ApiSchema.Moment),
            Must("expires_at", ApiSchema.Moment, "It is kept before then."),
            Must("participants", ApiSchema.List(
                ApiSchema.Object("HeldParticipant", "Somebody whose time is kept.", Must("sub", ApiIds.Account)), HoldRules.Members)))));

    private static readonly ApiSchema NotFree = ApiSchema.Object(
        "NotFree",
        "Why nothing is held.",
        Must("error", ApiSchema.Word("not_free")),
        Must("error_description", ApiSchema.Text(1024)),
        Must("sub", ApiIds.Account, "Who is not free then."));

    public static ApiDescription Take { get; } = new(
        Tag,
        "Keep time of several people",
        "Of this service. Takes an access token or the API key. All of them must be free then, and all of them are held, or none: "
        + "409 says who is not free. Held time counts as busy for every application of this installation. It ends by itself after "
        + "seconds (120 without it, 900 at most), by deleting it, or when the meeting is written: give hold_id to the upsert of an "
        + "event in each participant's calendar, one event of each. Asked again with the same hold_id, time and participants, it is as "
        + "it was, until such an event is written. Each account must have granted create_event.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.TokenOrSecret,
        Body = """
            {
              "hold_id": "booking-42", "participants": [{ "sub": "acc_0123456789abcdef01234567" }],
              "start": "2031-05-06T09:00:00Z", "end": "2031-05-06T10:00:00Z", "seconds": 900
            }
            """,
        BodySchema = ApiSchema.Object(
            "HoldRequest",
            "Time to keep.",
            May("hold_id", Id, "The application's own id; one is made without it."),
            Must("participants", ApiSchema.List(Member, HoldRules.Members)),
            Must("start", ApiSchema.Moment),
            Must("end", ApiSchema.Moment),
            May("seconds", ApiSchema.Integer(1, HoldRules.LongestSeconds))),
        Answer = Example,
        AnswerSchema = Answer,
        Failures = [400, 403, 409, 422],
        FailureSchemas = new Dictionary<int, ApiSchema> { [409] = NotFree },
    };

    public static ApiDescription Read { get; } = new(
        Tag, "Read a hold", "404 when it is not kept any more.", StatusCodes.Status200OK)
    {
        Access = ApiAccess.TokenOrSecret,
        Answer = Example,
        AnswerSchema = Answer,
        Failures = [403, 404],
    };

    public static ApiDescription Release { get; } = new(
        Tag, "Release a hold", "What is not kept is no fault.", StatusCodes.Status202Accepted)
    {
        Access = ApiAccess.TokenOrSecret,
        Failures = [403],
    };
}
