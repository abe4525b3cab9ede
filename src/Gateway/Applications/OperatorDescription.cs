using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Applications;

/// <summary>What the OpenAPI document says of the operator's API for applications.</summary>
internal static class OperatorDescription
{
    public const string Tag = "Operator";

    private const string Application = """
        {
          "client_id": "app_0123456789abcdef01234567", "name": "Planner", "redirect_uris": ["https://planner.example.com/callback"],
          "rotate_refresh_tokens": false, "secrets": [{ "id": "1", "created_at": "2030-01-01T08:00:00+00:00" }],
          "created_at": "2030-01-01T08:00:00+00:00"
        }
        """;

    public static ApiDescription Register { get; } = new(
        Tag, "Register an application", "Its first secret is told once, in this answer.", StatusCodes.Status201Created)
    {
        Access = ApiAccess.OperatorKey,
        Body = """
            { "name": "Planner", "redirect_uris": ["https://planner.example.com/callback"], "rotate_refresh_tokens": false }
            """,
        BodySchema = OperatorSchemas.Registration,
        Answer = """
            {
              "client_id": "app_0123456789abcdef01234567", "client_secret": "cs_0123456789", "name": "Planner",
              "redirect_uris": ["https://planner.example.com/callback"], "rotate_refresh_tokens": false,
              "secrets": [{ "id": "1" }]
            }
            """,
        AnswerSchema = OperatorSchemas.Application,
        Failures = [400, 422],
    };

    public static ApiDescription List { get; } = new(
        Tag, "List applications", "A page at a time, in the order of their ids.", StatusCodes.Status200OK)
    {
        Access = ApiAccess.OperatorKey,
        Query =
        [
            new("after", "string", "The 'next' of the page before."),
            new("limit", "integer", "How many; at most and by default 100."),
        ],
        Answer = $$"""{ "applications": [{{Application}}] }""",
        AnswerSchema = OperatorSchemas.Applications,
        Failures = [400],
    };

    public static ApiDescription Delete { get; } = new(
        Tag, "Delete an application", "It stops at once and loses its grants.", StatusCodes.Status204NoContent)
    {
        Access = ApiAccess.OperatorKey,
        Failures = [404],
    };

    public static ApiDescription AddSecret { get; } = new(
        Tag, "Add a client secret", "It is told once, in this answer. The older ones stay good.", StatusCodes.Status201Created)
    {
        Access = ApiAccess.OperatorKey,
        Answer = """{ "id": "2", "client_secret": "cs_0123456789" }""",
        AnswerSchema = OperatorSchemas.Secret,
        Failures = [404, 409],
    };

    public static ApiDescription RemoveSecret { get; } = new(
        Tag, "Remove a client secret", "At once. The last one cannot be removed.", StatusCodes.Status204NoContent)
    {
        Access = ApiAccess.OperatorKey,
        Failures = [404, 409],
    };
}
