using CalendarActors.Gateway.Api;

namespace CalendarActors.Gateway.Accounts;

/// <summary>What the OpenAPI document says of accounts and profiles.</summary>
internal static class AccountDescription
{
    private const string Tag = "Account";

    public static ApiDescription UserInfo { get; } = new(
        Tag,
        "Read who stands behind the access token",
        "Profiles come with their calendars. A profile that lost its login has profile_relink_url: send the person there. "
        + "Name and mail address need read_account.",
        StatusCodes.Status200OK)
    {
        Answer = """
            {
              "sub": "acc_0123456789abcdef01234567", "email": "ann@example.com", "name": "Ann", "zoneinfo": "Europe/Paris",
              "cronofy.type": "account",
              "cronofy.data": {
                "authorization": { "scope": "read_write", "status": "active" },
                "profiles": [{
                  "provider_name": "caldav", "profile_id": "pro_1a2b3c", "profile_name": "ann@example.com",
                  "profile_connected": true, "profile_initial_sync_required": false,
                  "profile_calendars": [{
                    "calendar_id": "cal_1a2b3c_4d5e6f", "calendar_name": "Work", "calendar_readonly": false,
                    "calendar_deleted": false, "calendar_primary": true,
                    "calendar_integrated_conferencing_available": false, "calendar_attachments_available": true,
                    "permission_level": "sandbox"
                  }]
                }],
                "conferencing_profiles": []
              }
            }
            """,
        AnswerSchema = AccountSchemas.UserInfo,
    };

    public static ApiDescription Account { get; } = new(
        Tag, "Read the account", "Name and mail address need read_account.", StatusCodes.Status200OK)
    {
        Answer = """
            {
              "account": {
                "account_id": "acc_0123456789abcdef01234567", "email": "ann@example.com", "name": "Ann",
                "default_tzid": "Europe/Paris", "scope": "read_write"
              }
            }
            """,
        AnswerSchema = AccountSchemas.Account,
    };

    public static ApiDescription Profiles { get; } = new(
        Tag, "List the profiles", "In the order of connecting.", StatusCodes.Status200OK)
    {
        Answer = """
            {
              "profiles": [{
                "provider_name": "caldav", "profile_id": "pro_1a2b3c", "profile_name": "ann@example.com",
                "profile_connected": true
              }]
            }
            """,
        AnswerSchema = AccountSchemas.Profiles,
    };

    public static ApiDescription Revoke { get; } = new(
        Tag,
        "Take one profile away",
        "Its login is forgotten and its calendars with it; the authorization as a whole stays.",
        StatusCodes.Status202Accepted)
    {
        Failures = [404],
    };
}
