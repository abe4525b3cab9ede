using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Events;
using static CalendarActors.Gateway.Api.ApiField;

namespace CalendarActors.Gateway.BookableEvents;

/// <summary>What the OpenAPI document says of bookable events.</summary>
internal static class BookableEventDescription
{
    private const string Tag = "Bookable events";

    private const string Answer = """
        {
          "bookable_event_id": "class-42", "start": "2031-05-05T12:30:00Z", "end": "2031-05-05T17:00:00Z",
          "status": "confirmed",
          "registration": {
            "capacity": 5, "registered_count": 1, "total_count": 1,
            "registrations": [{ "registration_id": "bill", "status": "accepted", "metadata": { "name": "Bill" } }]
          },
          "pages": { "current": 1, "total": 1 }
        }
        """;

    /// <summary>The application's id of one.</summary>
    public static ApiSchema Id { get; } = ApiSchema.Formatted(null, 255, "^[A-Za-z0-9_-]+$");

    private static readonly ApiSchema Status = ApiSchema.Word("confirmed", "cancelled");

    private static readonly ApiSchema Capacity = ApiSchema.Integer(1, RegistrationRules.MostCapacity).OrNull();

    private static readonly ApiField[] Registration =
    [
        Must("registration_id", Id),
        Must("status", ApiSchema.Word("pending", "accepted", "tentative", "declined", "removed")),
        May("metadata", ApiSchema.Map(ApiSchema.Open("Anything."), 512), "What the application notes, up to 2,048 bytes; without it, it stays."),
    ];

    private static readonly ApiField[] Times = [Must("start", ApiSchema.Moment), Must("end", ApiSchema.Moment), Must("status", Status)];

    private static readonly ApiSchema AnswerSchema = ApiSchema.Object(
        "BookableEvent",
        "Something that so many people may come to.",
        [
            Must("bookable_event_id", Id),
            .. Times,
            Must("registration", ApiSchema.Object(
                "EventRegistrations",
                "Who comes.",
                Must("capacity", Capacity, "Null for as many as come."),
                Must("registered_count", ApiSchema.Integer(0, RegistrationRules.MostRegistrations), "Those that take a place: pending, accepted, tentative."),
                Must("total_count", ApiSchema.Integer(0, RegistrationRules.MostRegistrations)),
                Must("registrations", ApiSchema.List(
                    ApiSchema.Object("EventRegistration", "Somebody.", Registration), RegistrationRules.MostRegistrations)))),
            Must("pages", EventSchemas.Pages),
        ]);

    /// <summary>One that has places left.</summary>
    public static ApiSchema Open { get; } = ApiSchema.Object(
        "AvailableBookableEvent",
        "A bookable event that has places left.",
        Must("bookable_event_id", Id),
        Must("start", ApiSchema.Moment),
        Must("end", ApiSchema.Moment),
        Must("registration", ApiSchema.Object(
            "BookableEventPlaces",
            "Its places.",
            Must("capacity", Capacity, "Null for as many as come."),
            Must("registered_count", ApiSchema.Integer(0, RegistrationRules.MostRegistrations)))));

    public static ApiDescription Put { get; } = new(
        Tag,
        "Make or change a bookable event",
        "Takes the API key. Registrations stay, also when they are more than the capacity then; nobody can register for a cancelled one.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.ClientSecret,
        Body = """
            {
              "bookable_event_id": "class-42", "start": "2031-05-05T12:30:00Z", "end": "2031-05-05T17:00:00Z",
              "status": "confirmed", "registration": { "capacity": 5 }
            }
            """,
        BodySchema = ApiSchema.Object(
            "BookableEventRequest",
            "A bookable event.",
            [
                Must("bookable_event_id", Id),
                .. Times,
                Must("registration", ApiSchema.Object(
                    "RegistrationCapacity", "Who may come.", Must("capacity", Capacity, "Null for as many as come."))),
            ]),
        Answer = Answer,
        AnswerSchema = AnswerSchema,
        Failures = [400, 422],
    };

    public static ApiDescription Read { get; } = new(
        Tag, "Read a bookable event", "Takes the API key. All registrations, on one page.", StatusCodes.Status200OK)
    {
        Access = ApiAccess.ClientSecret,
        Answer = Answer,
        AnswerSchema = AnswerSchema,
        Failures = [404],
    };

    public static ApiDescription Register { get; } = new(
        Tag,
        "Register somebody, or change how they stand",
        "Takes the API key. pending, accepted and tentative take a place; where none is left, 422 on status.",
        StatusCodes.Status200OK)
    {
        Access = ApiAccess.ClientSecret,
        Body = """{ "registration_id": "bill", "status": "accepted", "metadata": { "name": "Bill" } }""",
        BodySchema = ApiSchema.Object("EventRegistrationRequest", "Somebody.", Registration),
        Answer = Answer,
        AnswerSchema = AnswerSchema,
        Failures = [400, 404, 422],
    };

    public static ApiDescription Unregister { get; } = new(
        Tag, "Delete a registration", "Takes the API key. One that is not there is no fault.", StatusCodes.Status202Accepted)
    {
        Access = ApiAccess.ClientSecret,
        Failures = [404],
    };
}
