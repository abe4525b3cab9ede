using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Wire;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Google.Pages;

/// <summary>
/// Where a newcomer looks at the simulated calendars and changes them, to see what the product makes of it. Fields of its
/// forms: <c>action</c> (<c>add</c>, <c>rename</c>, <c>move</c>, <c>delete</c>), <c>calendar</c>, <c>event</c>,
/// <c>summary</c>, <c>start</c> and <c>minutes</c>.
/// </summary>
internal sealed class SandboxPage(GoogleState state, EventWriting writing, EventListing listing)
{
    private static readonly Duration Before = Duration.FromDays(7);
    private static readonly Duration After = Duration.FromDays(21);
    private static readonly LocalDateTimePattern Field = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public GoogleReply Show(string? message = null)
    {
        var body = new StringBuilder("<h1>Simulated Google Calendar</h1>");
        body.Append("<p class=\"note\">What you change here is what the product sees, as if somebody had done it in Google Calendar.</p>");
        if (message is not null)
        {
            body.Append($"<p role=\"alert\"><strong>{Html.Text(message)}</strong></p>");
        }

        foreach (GoogleUser user in state.Users.Values)
        {
            body.Append($"<h2>{Html.Text(user.Name)}</h2><p class=\"note\">{Html.Text(user.Email)}</p>");
            foreach (GoogleCalendar calendar in state.Calendars.All.Where(one => one.Owner == user.Email))
            {
                Calendar(body, calendar);
            }
        }

        return GoogleReply.Page(Html.Page("Simulated Google Calendar", body.ToString()), message is null ? 200 : 400);
    }

    public GoogleReply Act(IFormCollection form)
    {
        GoogleCalendar? calendar = state.Calendars.All.FirstOrDefault(one => one.Id == form["calendar"]);
        if (calendar is null)
        {
            return Show("That calendar is gone.");
        }

        try
        {
            Do(calendar, form);
        }
        catch (GoogleProblemException problem)
        {
            return Show(problem.Message);
        }

        // Seen after a redirect, so that reloading the page does nothing twice.
        return GoogleReply.Redirect("/");
    }

    private void Do(GoogleCalendar calendar, IFormCollection form)
    {
        var request = new WriteRequest(calendar.Owner, "page");
        string id = form["event"].FirstOrDefault() ?? "", summary = form["summary"].FirstOrDefault() ?? "";
        switch (form["action"].FirstOrDefault())
        {
            case "add":
                JsonObject added = Times(calendar, form, id: null);
                added["summary"] = summary;
                writing.Insert(calendar, request, added);
                break;
            case "rename":
                writing.Patch(calendar, request, id, new JsonObject { ["summary"] = summary });
                break;
            case "move":
                writing.Patch(calendar, request, id, Times(calendar, form, id));
                break;
            case "delete":
                writing.Delete(calendar, request, id);
                break;
            default:
                throw GoogleProblemException.Invalid("Nothing was chosen.");
        }
    }

    // A moved event keeps its length; an all-day one stays all-day.
    private static JsonObject Times(GoogleCalendar calendar, IFormCollection form, string? id)
    {
        var given = Field.Parse(form["start"].FirstOrDefault() ?? "");
        if (!given.Success)
        {
            throw GoogleProblemException.Invalid("Give a start, such as 2027-03-11T14:00.");
        }

        Instant at = given.Value.InZoneLeniently(calendar.Zone).ToInstant();
        if (id is not null && Instances.Find(calendar, id) is { } item)
        {
            EventTimes times = EventTimes.Of(item.Json, calendar.Zone);
            EventTime start = times.Start.IsDay
                ? times.Start with { Day = given.Value.Date, At = calendar.Zone.AtStartOfDay(given.Value.Date).ToInstant() }
                : times.Start with { At = at };
            return Json(calendar, start, EventTime.EndFrom(start, times.Start, times.End));
        }

        int minutes = int.TryParse(form["minutes"], out int length) ? Math.Clamp(length, 5, 1440) : 60;
        var first = new EventTime(null, at, calendar.Zone);
        return Json(calendar, first, first with { At = at + Duration.FromMinutes(minutes) });
    }

    private static JsonObject Json(GoogleCalendar calendar, EventTime start, EventTime end) =>
        new() { ["start"] = start.Write(calendar.Zone), ["end"] = end.Write(calendar.Zone) };

    private void Calendar(StringBuilder body, GoogleCalendar calendar)
    {
        Instant now = state.NowInstant;
        string hidden = $"<input type=\"hidden\" name=\"calendar\" value=\"{Html.Text(calendar.Id)}\">";
        body.Append($"<h3>{Html.Text(calendar.Summary)}</h3><p class=\"note\">{Html.Text(calendar.Zone.Id)}; from a week ago to three weeks ahead</p><ul>");
        foreach (StoredEvent item in listing.Occurrences(calendar, now - Before, now + After)
            .OrderBy(item => EventTimes.Of(item.Json, calendar.Zone).Start.At))
        {
            Event(body, calendar, item, hidden);
        }

        string next = Field.Format(now.InZone(calendar.Zone).LocalDateTime.Date.PlusDays(1).At(new LocalTime(10, 0)));
        body.Append($"""
            </ul><form method="post" action="/">{hidden}
            <label>Title <input name="summary" value="Coffee" required></label>
            <label>Start <input type="datetime-local" name="start" value="{next}" required></label>
            <label>Minutes <input type="number" name="minutes" value="60" min="5" max="1440"></label>
            <button name="action" value="add">Add event</button></form>
            """);
    }

    private static void Event(StringBuilder body, GoogleCalendar calendar, StoredEvent item, string hidden)
    {
        EventTimes times = EventTimes.Of(item.Json, calendar.Zone);
        LocalDateTime start = times.Start.At.InZone(calendar.Zone).LocalDateTime;
        string when = times.Start.Day is { } day ? $"{day:ddd d MMM uuuu}, all day" : $"{start:ddd d MMM uuuu HH:mm}";
        string series = item.SeriesId is null ? "" : ", one of a series";
        body.Append($"""
            <li><strong>{Html.Text(item.Json.Text("summary") ?? "(No title)")}</strong><br>{when}{series}
            <details><summary>Change</summary><form method="post" action="/">{hidden}
            <input type="hidden" name="event" value="{Html.Text(item.Id)}">
            <label>Title <input name="summary" value="{Html.Text(item.Json.Text("summary"))}"></label>
            <button name="action" value="rename">Rename</button>
            <label>Start <input type="datetime-local" name="start" value="{Field.Format(start)}"></label>
            <button name="action" value="move">Move</button>
            <button class="plain" name="action" value="delete">Delete</button></form></details></li>
            """);
    }
}
