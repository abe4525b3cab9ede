using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Pages;

/// <summary>
/// Where a newcomer looks at the simulated calendars and changes them, to see what the product makes of it. Fields of its
/// forms: <c>action</c> (<c>add</c>, <c>rename</c>, <c>move</c>, <c>delete</c>), <c>calendar</c>, <c>event</c>,
/// <c>summary</c>, <c>start</c> (in UTC) and <c>minutes</c>.
/// </summary>
internal sealed class SimulatorPages(World world)
{
    private static readonly Duration Before = Duration.FromDays(7);
    private static readonly Duration After = Duration.FromDays(21);
    private static readonly LocalDateTimePattern Field = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public async Task AnswerAsync(HttpContext context)
    {
        string? problem = null;
        if (context.Request.Path.Value is not ("/" or "" or null))
        {
            await Html.PageAsync(context, "Not found", "<h1>Not found</h1><p><a href=\"/\">All accounts</a></p>", 404);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
            problem = Act(form);
            if (problem is null)
            {
                // Back to the list, so that reloading it does not repeat the change.
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = "/";
                return;
            }
        }

        string body;
        lock (world.Gate)
        {
            body = Body(problem);
        }

        await Html.PageAsync(context, "Simulated Microsoft 365", body, problem is null ? 200 : 400);
    }

    private string? Act(IFormCollection form)
    {
        lock (world.Gate)
        {
            try
            {
                Change(form);
                return null;
            }
            catch (Exception refused) when (refused is GraphFailure or ArgumentException)
            {
                return refused.Message;
            }
        }
    }

    private void Change(IFormCollection form)
    {
        var (mailbox, calendar) = world.Calendar(form["calendar"].ToString());
        if (form["action"] == "add")
        {
            JsonObject made = Times(form);
            made["subject"] = form["summary"].ToString();
            world.Writes.Create(mailbox, calendar, made, byOracle: true);
            return;
        }

        Instance old = EventEndpoints.Find(mailbox, calendar.Id, form["event"].ToString()).Instance;
        switch (form["action"].ToString())
        {
            case "rename":
                world.Writes.Update(mailbox, calendar, old, new() { ["subject"] = form["summary"].ToString() }, byOracle: true);
                break;
            case "move":
                world.Writes.Update(mailbox, calendar, old, Moved(form, old), byOracle: true);
                break;
            case "delete":
                world.Writes.Delete(mailbox, calendar, old, byOracle: true);
                break;
            default:
                throw GraphFailure.Invalid("There is no such action.");
        }
    }

    private static JsonObject Moved(IFormCollection form, Instance old)
    {
        LocalDateTime start = Read(form);
        Period length = Period.Between(old.Start.Wall, old.End.Wall, PeriodUnits.Days | PeriodUnits.AllTimeUnits);
        return old.IsAllDay
            ? Times(start.Date.AtMidnight(), start.Date.AtMidnight() + length, old.Start.Zone)
            : Times(start, start + length, "UTC");
    }

    private static JsonObject Times(IFormCollection form)
    {
        LocalDateTime start = Read(form);
        int minutes = int.TryParse(form["minutes"].ToString(), out int read) && read is >= 0 and <= 60 * 24 * 7
            ? read
            : throw GraphFailure.Invalid("Give the length in minutes, at most a week.");
        return Times(start, start.PlusMinutes(minutes), "UTC");
    }

    private static JsonObject Times(LocalDateTime start, LocalDateTime end, string zone) => new()
    {
        ["start"] = new EventTime(start, zone).ToJson(),
        ["end"] = new EventTime(end, zone).ToJson(),
    };

    private static LocalDateTime Read(IFormCollection form) =>
        Field.Parse(form["start"].ToString()).TryGetValue(default, out var start) ? start : throw GraphFailure.Invalid("Give the start as date and time.");

    private string Body(string? problem)
    {
        var body = new StringBuilder("<h1>Simulated Microsoft 365</h1>");
        body.Append("<p class=\"note\">What you change here is what the product sees, as if somebody had done it in Outlook. Times are UTC.</p>");
        if (problem is not null)
        {
            body.Append($"<p role=\"alert\"><strong>{Html.Text(problem)}</strong></p>");
        }

        foreach (Mailbox mailbox in world.Mailboxes)
        {
            body.Append($"<h2>{Html.Text(mailbox.User.DisplayName)}</h2><p class=\"note\">{Html.Text(mailbox.User.Email)}</p>");
            foreach (CalendarFolder calendar in mailbox.Calendars)
            {
                Calendar(body, calendar);
            }
        }

        return body.ToString();
    }

    private void Calendar(StringBuilder body, CalendarFolder calendar)
    {
        Instant now = Instant.FromDateTimeOffset(world.Options.Time.GetUtcNow());
        var window = new Window(now - Before, now + After);
        body.Append($"<section><h3>{Html.Text(calendar.Name)}</h3><ul>");
        foreach (Instance one in calendar.Log.StateAt().SelectMany(change => Instances.Within(change.Value!, window)).OrderBy(static one => one.Start.Instant))
        {
            Event(body, calendar, one);
        }

        string later = Field.Format((now + Duration.FromHours(1)).InUtc().LocalDateTime.With(NodaTime.TimeAdjusters.TruncateToHour));
        body.Append($"""
            </ul>
            <details><summary>Add an event</summary>
            <form method="post" action="/"><input type="hidden" name="action" value="add"><input type="hidden" name="calendar" value="{Html.Text(calendar.Id)}">
            <label>Title <input name="summary" required></label>
            <label>Start <input type="datetime-local" name="start" value="{later}" required></label>
            <label>Minutes <input type="number" name="minutes" value="30" min="0" required></label>
            <button>Add</button></form></details></section>
            """);
    }

    private static void Event(StringBuilder body, CalendarFolder calendar, Instance one)
    {
        string id = one.IdIn(immutable: true);
        string title = Html.Text((string?)one.Fields["subject"] ?? "");
        LocalDateTime start = one.IsAllDay ? one.Start.Wall : one.Start.Instant.InUtc().LocalDateTime;
        string when = one.IsAllDay ? $"{start.Date:uuuu-MM-dd}, all day" : $"{start:uuuu-MM-dd HH:mm}";
        string hidden = $"<input type=\"hidden\" name=\"calendar\" value=\"{Html.Text(calendar.Id)}\"><input type=\"hidden\" name=\"event\" value=\"{id}\">";
        body.Append($"""
            <li><strong>{title}</strong><br>{when}{(one.IsInSeries ? " (one of a series)" : "")}
            <details><summary>Change</summary>
            <form method="post" action="/">{hidden}<label>Title <input name="summary" value="{title}" required></label><button name="action" value="rename">Rename</button></form>
            <form method="post" action="/">{hidden}<label>Start <input type="datetime-local" name="start" value="{Field.Format(start)}" required></label><button name="action" value="move">Move</button></form>
            <form method="post" action="/">{hidden}<button name="action" value="delete">Delete</button></form>
            </details></li>
            """);
    }
}
