using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Wire;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Google.Calendars;

/// <summary>All calendars, and each user's list of those that they see.</summary>
internal sealed class CalendarShelf(GoogleState state)
{
    private readonly Dictionary<string, GoogleCalendar> _calendars = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ChangeLog<JsonObject>> _lists = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<GoogleCalendar> All => _calendars.Values;

    public ChangeLog<JsonObject> ListOf(string email) => _lists.TryGetValue(email, out var list) ? list : _lists[email] = new();

    /// <summary>The calendar of this id, as a user says it; null when there is none or they may not know of it.</summary>
    public GoogleCalendar? Find(string id, string email) =>
        _calendars.TryGetValue(id == "primary" ? email : id, out GoogleCalendar? calendar) && calendar.RoleOf(email) > AccessRole.None
            ? calendar
            : null;

    public GoogleCalendar Get(string id) => _calendars.TryGetValue(id, out GoogleCalendar? calendar)
        ? calendar
        : throw new ArgumentException($"There is no calendar '{id}'.", nameof(id));

    public GoogleCalendar Create(string owner, string summary, string zone, string? id = null)
    {
        var calendar = new GoogleCalendar
        {
            Id = id ?? $"c_{state.Ids.Event()}@group.calendar.google.com",
            Owner = owner,
            IsPrimary = string.Equals(id, owner, StringComparison.OrdinalIgnoreCase),
            Summary = summary,
            Zone = Zones.Get(zone),
            Etag = state.Ids.Etag(),
        };
        if (!_calendars.TryAdd(calendar.Id, calendar))
        {
            throw new ArgumentException($"There is a calendar '{id}' already.", nameof(id));
        }

        SetRole(calendar, owner, AccessRole.Owner);
        return calendar;
    }

    /// <summary>Shares, raises, lowers or (<see cref="AccessRole.None"/>) takes away.</summary>
    public void SetRole(GoogleCalendar calendar, string email, AccessRole role)
    {
        if (role == AccessRole.None)
        {
            calendar.Roles.Remove(email);
            Drop(email, calendar.Id);
            state.Channels.StopAllOf(email, calendar.Id);
            return;
        }

        calendar.Roles[email] = role;
        List(email, calendar);
    }

    /// <summary>Everybody's list entry tells the calendar's new properties.</summary>
    public void Changed(GoogleCalendar calendar)
    {
        calendar.Etag = state.Ids.Etag();
        foreach (string email in calendar.Roles.Keys)
        {
            List(email, calendar);
        }
    }

    public void Delete(GoogleCalendar calendar)
    {
        _calendars.Remove(calendar.Id);
        foreach (string email in calendar.Roles.Keys.ToList())
        {
            SetRole(calendar, email, AccessRole.None);
        }
    }

    /// <summary>A user's own properties of a calendar, such as another name; members that are not theirs are ignored.</summary>
    public JsonObject PatchEntry(string email, GoogleCalendar calendar, JsonObject patch)
    {
        JsonObject entry = ListOf(email).Find(calendar.Id)!.Copy();
        foreach (string name in new[] { "summaryOverride", "colorId", "backgroundColor", "foregroundColor", "hidden", "selected", "defaultReminders" })
        {
            if (patch.ContainsKey(name))
            {
                entry[name] = patch[name]?.DeepClone();
            }
        }

        return Append(email, entry);
    }

    public static JsonObject ToJson(GoogleCalendar calendar)
    {
        var json = new JsonObject
        {
            ["kind"] = "calendar#calendar",
            ["etag"] = calendar.Etag,
            ["id"] = calendar.Id,
            ["summary"] = calendar.Summary,
            ["timeZone"] = calendar.Zone.Id,
            ["conferenceProperties"] = Meet(),
        };
        if (calendar.Description is { } description)
        {
            json["description"] = description;
        }

        return json;
    }

    private void List(string email, GoogleCalendar calendar)
    {
        JsonObject entry = ListOf(email).Find(calendar.Id) is { } known && !known.Flag("deleted")
            ? known.Copy()
            : new JsonObject
            {
                ["kind"] = "calendar#calendarListEntry",
                ["id"] = calendar.Id,
                ["colorId"] = "14",
                ["backgroundColor"] = "#9fe1e7",
                ["foregroundColor"] = "#000000",
                ["selected"] = true,
                ["defaultReminders"] = new JsonArray(),
                ["conferenceProperties"] = Meet(),
            };
        entry["summary"] = calendar.Summary;
        entry["timeZone"] = calendar.Zone.Id;
        entry["accessRole"] = GoogleCalendar.Name(calendar.RoleOf(email));
        if (calendar.Description is { } description)
        {
            entry["description"] = description;
        }

        if (calendar.IsPrimary && string.Equals(calendar.Owner, email, StringComparison.OrdinalIgnoreCase))
        {
            entry["primary"] = true;
        }

        Append(email, entry);
    }

    private void Drop(string email, string calendarId)
    {
        if (ListOf(email).Find(calendarId) is { } entry && !entry.Flag("deleted"))
        {
            Append(email, new JsonObject
            {
                ["kind"] = "calendar#calendarListEntry",
                ["id"] = calendarId,
                ["deleted"] = true,
                ["summary"] = entry["summary"]?.DeepClone(),
            });
        }
    }

    private JsonObject Append(string email, JsonObject entry)
    {
        entry["etag"] = state.Ids.Etag();
        ListOf(email).Append(entry.Text("id")!, entry, state.Now, state.Channels.TellListChanged(email) + state.ReadLag);
        return entry;
    }

    private static JsonObject Meet() => new() { ["allowedConferenceSolutionTypes"] = new JsonArray("hangoutsMeet") };
}
