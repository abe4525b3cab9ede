using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Accounts;

/// <summary>What the OpenAPI document says of reaching other people's calendars.</summary>
internal static class DelegationDescription
{
    private const string Tag = "Delegation";

    private const string NoServiceAccounts =
        "Not offered: this service connects people by their own login. A good request is answered 403 "
        + "service_accounts_not_supported, a wrong one 422.";

    public static ApiDescription ServiceAccount { get; } = new(
        Tag, "Ask for the calendars of an organization's members", NoServiceAccounts, StatusCodes.Status403Forbidden)
    {
        Body = """
            {
              "service_account_authorizations": [{
                "email": "room@example.com", "callback_url": "https://app.example.com/authorized", "scope": "read_write",
                "state": "room-1"
              }]
            }
            """,
        BodySchema = DelegationSchemas.ServiceAccount,
        Failures = [400, 422],
    };

    public static ApiDescription Resources { get; } = new(
        Tag, "List an organization's rooms and other resources", NoServiceAccounts, StatusCodes.Status403Forbidden);

    public static ApiDescription Accessible { get; } = new(
        Tag,
        "List whose calendars could be asked for through a profile",
        "Always empty: what others share with a person is among their calendars already, and nothing beyond can be asked for.",
        StatusCodes.Status200OK)
    {
        Query = [new("profile_id", "string", "One of the account's profiles.", IsRequired: true)],
        Answer = """{ "accessible_calendars": [] }""",
        AnswerSchema = DelegationSchemas.Accessible,
        Failures = [404, 422],
    };

    public static ApiDescription Delegated { get; } = new(
        Tag,
        "Ask for somebody else's calendars through a profile",
        "Not offered: a good request is answered 403 delegated_access_not_supported, a wrong one 422, one about a profile that "
        + "the account has not 404.",
        StatusCodes.Status403Forbidden)
    {
        Body = """
            {
              "profile_id": "pro_1a2b3c", "email": "room@example.com", "callback_url": "https://app.example.com/authorized",
              "scope": "read_write", "state": "room-1"
            }
            """,
        BodySchema = DelegationSchemas.Delegated,
        Failures = [400, 404, 422],
    };
}
