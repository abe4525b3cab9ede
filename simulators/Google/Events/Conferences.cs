using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>Meet rooms, which are made some time after they are asked for.</summary>
internal sealed class Conferences(GoogleState state)
{
    private readonly List<(DateTimeOffset Due, string CalendarId, string EventId)> _pending = [];

    /// <summary>Notes a request for a room in an event about to be stored, unless it is the one that was noted before.</summary>
    public void Ask(GoogleCalendar calendar, JsonObject json, StoredEvent? before)
    {
        if (json.Object("conferenceData")?.Object("createRequest") is not { } request)
        {
            return;
        }

        string id = request.Text("requestId") ?? throw GoogleProblemException.Invalid("Invalid conference type value.");
        JsonObject? known = before?.Json.Object("conferenceData");
        if (known?.Object("createRequest")?.Text("requestId") == id)
        {
            json["conferenceData"] = known.Copy();
            return;
        }

        request["conferenceSolutionKey"] ??= new JsonObject { ["type"] = "hangoutsMeet" };
        request["status"] = new JsonObject { ["statusCode"] = "pending" };
        _pending.Add((state.Now + state.Options.ConferenceReadyAfter, calendar.Id, json.Text("id")!));
    }

    /// <summary>The rooms that are due, with the events that get them.</summary>
    public IEnumerable<(GoogleCalendar Calendar, JsonObject Json)> TakeReady()
    {
        foreach (var pending in _pending.Where(room => room.Due <= state.Now).ToList())
        {
            _pending.Remove(pending);
            GoogleCalendar? calendar = state.Calendars.All.FirstOrDefault(known => known.Id == pending.CalendarId);
            if (calendar?.Events.Find(pending.EventId) is { IsCancelled: false } item
                && item.Json.Object("conferenceData")?.Object("createRequest") is not null)
            {
                yield return (calendar, Ready(item.Json.Copy()));
            }
        }
    }

    private JsonObject Ready(JsonObject json)
    {
        JsonObject conference = json.Object("conferenceData")!;
        string name = state.Ids.Event()[..10], link = $"https://meet.google.com/{name[..3]}-{name[3..7]}-{name[7..]}";
        conference.Object("createRequest")!["status"] = new JsonObject { ["statusCode"] = "success" };
        conference["conferenceId"] = $"{name[..3]}-{name[3..7]}-{name[7..]}";
        conference["conferenceSolution"] = new JsonObject
        {
            ["key"] = new JsonObject { ["type"] = "hangoutsMeet" },
            ["name"] = "Google Meet",
        };
        conference["entryPoints"] = new JsonArray(new JsonObject
        {
            ["entryPointType"] = "video",
            ["uri"] = link,
            ["label"] = link["https://".Length..],
        });
        json["hangoutLink"] = link;
        return json;
    }
}
