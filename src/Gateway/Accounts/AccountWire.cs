using System.Text.Json;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Accounts;

/// <summary>Shapes what is told about the person behind a grant.</summary>
internal static class AccountWire
{
    /// <summary><c>/v1/userinfo</c>. The names with a dot are names, not paths.</summary>
    public static void WriteUserInfo(Utf8JsonWriter json, AccountView view)
    {
        bool isApplicationCalendar = view.ApplicationCalendarId is not null;
        json.WriteStartObject();
        json.WriteString("sub", view.AccountId);
        WriteIfAny(json, "email", view.Email);
        if (isApplicationCalendar)
        {
            json.WriteString("application_calendar_id", view.ApplicationCalendarId);
        }
        else
        {
            WriteIfAny(json, "name", view.Name);
            WriteIfAny(json, "zoneinfo", view.ZoneId);
        }

        json.WriteString("cronofy.type", isApplicationCalendar ? "application_calendar" : "account");
        json.WriteStartObject("cronofy.data");
        json.WriteStartObject("authorization");
        json.WriteString("scope", view.Scope);
        json.WriteString("status", "active");
        json.WriteEndObject();
        if (isApplicationCalendar)
        {
            json.WriteStartObject("application_calendar");
            json.WriteString("application_calendar_id", view.ApplicationCalendarId);
            json.WriteEndObject();
        }

        json.WriteStartArray("profiles");
        foreach (ConnectionSummary profile in ProfilesOf(view))
        {
            WriteProfileWithCalendars(json, view, profile);
        }

        json.WriteEndArray();
        json.WriteStartArray("conferencing_profiles");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>/v1/account</c>.</summary>
    public static void WriteAccount(Utf8JsonWriter json, AccountView view)
    {
        json.WriteStartObject();
        json.WriteStartObject("account");
        json.WriteString("account_id", view.AccountId);
        WriteIfAny(json, "email", view.Email);
        WriteIfAny(json, "name", view.Name);
        json.WriteString("default_tzid", view.ZoneId ?? "Etc/UTC");
        json.WriteString("scope", view.Scope);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary><c>/v1/profiles</c>.</summary>
    public static void WriteProfiles(Utf8JsonWriter json, AccountView view)
    {
        json.WriteStartObject();
        json.WriteStartArray("profiles");
        foreach (ConnectionSummary profile in ProfilesOf(view))
        {
            json.WriteStartObject();
            ProfileWire.WriteFields(json, profile, view.RelinkUrls.GetValueOrDefault(profile.ConnectionId));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The profiles to be listed, in the order of connecting.</summary>
    public static IEnumerable<ConnectionSummary> ProfilesOf(AccountView view) =>
        view.Profiles.Where(p => p.State is not ConnectionState.Revoked);

    private static void WriteProfileWithCalendars(Utf8JsonWriter json, AccountView view, ConnectionSummary profile)
    {
        json.WriteStartObject();
        ProfileWire.WriteFields(json, profile, view.RelinkUrls.GetValueOrDefault(profile.ConnectionId));
        json.WriteBoolean("profile_initial_sync_required", profile.InitialSyncRequired);
        json.WriteStartArray("profile_calendars");
        foreach (CalendarSummary calendar in profile.Calendars)
        {
            json.WriteStartObject();
            ProfileWire.WriteCalendar(json, profile.ProviderName, calendar, view.Unrestricted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
