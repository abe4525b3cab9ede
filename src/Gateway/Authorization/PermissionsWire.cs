using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Applications;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Reads what levels an application wants, and shapes the answer.</summary>
internal static class PermissionsWire
{
    /// <summary>How many calendars one request may name.</summary>
    public const int MaxCalendars = 200;

    private const int MaxId = 80;

    /// <summary>The changes; what is wrong is in the list of faults.</summary>
    public static ImmutableArray<PermissionChange> Read(RequestField root)
    {
        RequestField list = root["permissions"];
        if (!list.Require() || list.Items(MaxCalendars) is not { } items)
        {
            return [];
        }

        if (items.Count == 0)
        {
            list.Fault(FieldKeys.Required, "required");
        }

        Dictionary<string, PermissionLevel> seen = new(StringComparer.Ordinal);
        List<PermissionChange> changes = [];
        foreach (RequestField item in items)
        {
            if (!item.IsObject)
            {
                item.Fault(FieldKeys.MustBeObject, "must be an object");
                continue;
            }

            string? calendarId = item["calendar_id"].Require() ? item["calendar_id"].Text(MaxId) : null;
            if (Level(item["permission_level"]) is not { } level || calendarId is null)
            {
                continue;
            }

            if (seen.TryGetValue(calendarId, out PermissionLevel other) && other != level)
            {
                item["permission_level"].Fault(FieldKeys.InvalidFormat, "must be the same wherever a calendar is named");
            }

            seen[calendarId] = level;
            changes.Add(new PermissionChange(calendarId, level));
        }

        return [.. changes];
    }

    /// <summary>Where the person goes afterwards: needed when they are asked.</summary>
    public static string? RedirectUri(RequestField root, ImmutableArray<PermissionChange> changes)
    {
        RequestField field = root["redirect_uri"];
        return changes.Any(c => c.Level is PermissionLevel.Unrestricted) && !field.Require()
            ? null
            : field.Text(RedirectUris.MaxLength);
    }

    /// <summary>Where to send the person; that nothing was left to ask when it is null.</summary>
    public static void Write(Utf8JsonWriter json, string? url)
    {
        json.WriteStartObject();
        json.WriteStartObject("permissions_request");
        if (url is null)
        {
            json.WriteBoolean("accepted", true);
        }
        else
        {
            json.WriteString("url", url);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A level's word.</summary>
    public static string Of(PermissionLevel level) => level is PermissionLevel.Unrestricted ? "unrestricted" : "sandbox";

    private static PermissionLevel? Level(RequestField field)
    {
        if (!field.Require() || field.Text(64) is not { } word)
        {
            return null;
        }

        switch (word)
        {
            case "sandbox":
                return PermissionLevel.Sandbox;
            case "unrestricted":
                return PermissionLevel.Unrestricted;
            default:
                field.Fault(FieldKeys.NotRecognized, "must be sandbox or unrestricted");
                return null;
        }
    }
}
