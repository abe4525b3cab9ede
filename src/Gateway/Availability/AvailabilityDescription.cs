using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Availability;

/// <summary>What the OpenAPI document says of times to meet.</summary>
internal static class AvailabilityDescription
{
    /// <summary>The group of all that is about when people can be met.</summary>
    public const string Tag = "Availability";

    public static ApiDescription Find { get; } = new(
        Tag,
        "Find times at which people can meet",
        "Takes an access token or the API key (a client secret) as the bearer token; or an element token with the permission "
        + "availability, which must name every account that is asked about. Each of them must have granted read_free_busy or "
        + "read_events. Exactly one of query_periods and query_slots is given, within 35 days. Starts that are over are never "
        + "offered, nor is time that lies further ahead than calendars are kept. Buffers keep away from what is busy, and shrink "
        + "nothing else. Or bookable_events alone asks which of them have places left; an element token must name them.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.TokenOrSecret,
        Body = """
            {
              "participants": [{ "members": [{ "sub": "acc_0123456789abcdef01234567" }], "required": "all" }],
              "required_duration": { "minutes": 60 },
              "query_periods": [{ "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T17:00:00Z" }],
              "start_interval": { "minutes": 30 },
              "buffer": { "before": { "minutes": 15 }, "after": { "minimum": { "minutes": 15 } } },
              "response_format": "slots", "max_results": 5, "include_member_statuses": true, "include_freshness": true,
              "explain": ["2031-05-05T08:00:00Z"]
            }
            """,
        BodySchema = AvailabilitySchemas.Question,
        Answer = """
            {
              "available_slots": [{
                "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T10:00:00Z",
                "participants": [{ "sub": "acc_0123456789abcdef01234567" }]
              }],
              "member_statuses": [{ "sub": "acc_0123456789abcdef01234567", "sync_status": "active", "as_of": "2031-05-01T08:00:00Z" }],
              "explanations": [{ "start": "2031-05-05T08:00:00Z", "available": false, "reasons": [{ "reason": "not_queried" }] }]
            }
            """,
        AnswerSchema = AvailabilitySchemas.Answer,
        Failures = [400, 403, 422],
    };

    public static ApiDescription FindSequences { get; } = new(
        Tag,
        "Find times for meetings that follow each other",
        "As a question for times, with steps. Those with an ordinal come in its order, the others anywhere; a buffer's minimum and "
        + "maximum bound the time to the neighbouring step. One sequence for each moment at which a first step can begin: the one "
        + "that is over first.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.TokenOrSecret,
        Body = """
            {
              "query_periods": [{ "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T17:00:00Z" }],
              "sequence": [
                {
                  "sequence_id": "interview", "ordinal": 1, "required_duration": { "minutes": 60 },
                  "participants": [{ "members": [{ "sub": "acc_0123456789abcdef01234567" }], "required": "all" }],
                  "buffer": { "after": { "minimum": { "minutes": 15 }, "maximum": { "minutes": 60 } } }
                },
                {
                  "sequence_id": 2, "ordinal": 2, "required_duration": { "minutes": 30 },
                  "participants": [{ "members": [{ "sub": "acc_0123456789abcdef01234567" }], "required": "all" }]
                }
              ],
              "max_results": 3
            }
            """,
        BodySchema = AvailabilitySchemas.SequenceQuestion,
        Answer = """
            {
              "sequences": [{
                "sequence": [
                  {
                    "sequence_id": "interview", "start": "2031-05-05T09:00:00Z", "end": "2031-05-05T10:00:00Z",
                    "participants": [{ "sub": "acc_0123456789abcdef01234567" }]
                  },
                  {
                    "sequence_id": 2, "start": "2031-05-05T10:30:00Z", "end": "2031-05-05T11:00:00Z",
                    "participants": [{ "sub": "acc_0123456789abcdef01234567" }]
                  }
                ]
              }]
            }
            """,
        AnswerSchema = AvailabilitySchemas.SequenceAnswer,
        Failures = [400, 403, 422],
    };
}
