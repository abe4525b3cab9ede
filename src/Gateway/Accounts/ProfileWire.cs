using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Accounts;

/// <summary>Shapes profiles and their calendars, which several answers list.</summary>
internal static class ProfileWire
{
    /// <summary>The profile's own fields, into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, ConnectionSummary profile, string? relinkUrl)
    {
        WriteIdentity(json, profile);
        json.WriteBoolean("profile_connected", profile.State is ConnectionState.Connected);
        if (relinkUrl is not null)
        {
            json.WriteString("profile_relink_url", relinkUrl);
        }
    }

    /// <summary>Which profile something belongs to, into an object that is open.</summary>
    public static void WriteIdentity(Utf8JsonWriter json, ConnectionSummary profile)
    {
        json.WriteString("provider_name", profile.ProviderName);
        if (ServiceOf(profile.ProviderName) is { } service)
        {
            json.WriteString("provider_service", service);
        }

        json.WriteString("profile_id", profile.ConnectionId);
        json.WriteString("profile_name", profile.ProfileName.Length == 0 ? null : profile.ProfileName);
    }

    /// <summary>The calendar's fields, into an object that is open.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="providerName">Whose calendar it is.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="unrestricted">Calendars in which the application may change what it did not make.</param>
    public static void WriteCalendar(
        Utf8JsonWriter json, string providerName, CalendarSummary calendar, ImmutableArray<string> unrestricted)
    {
        json.WriteString("calendar_id", calendar.CalendarId);
        json.WriteString("calendar_name", calendar.Name);
        json.WriteBoolean("calendar_readonly", calendar.IsReadOnly);
        json.WriteBoolean("calendar_deleted", calendar.IsDeleted);
        json.WriteBoolean("calendar_primary", calendar.IsPrimary);
        json.WriteBoolean("calendar_integrated_conferencing_available", false);
        json.WriteBoolean(
            "calendar_attachments_available",
            calendar is { IsReadOnly: false, IsDeleted: false } && AttachmentRules.AreCarriedBy(providerName));
        json.WriteString("permission_level", PermissionsWire.Of(
            !unrestricted.IsDefault && unrestricted.Contains(calendar.CalendarId, StringComparer.Ordinal)
                ? PermissionLevel.Unrestricted
                : PermissionLevel.Sandbox));
    }

    private static string? ServiceOf(string providerName) => providerName switch
    {
        ProviderNames.Apple => "icloud",
        ProviderNames.Office365 => "office365",
        _ => null,
    };
}
