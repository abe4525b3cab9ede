using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Events;
using CalendarActors.Simulators.Google.Wire;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Google.Calendars;

/// <summary><c>freebusy.query</c>: an error of one calendar is inside an answer of status 200.</summary>
internal sealed class FreeBusy(GoogleState state, EventListing listing)
{
    private const int CalendarsAtMost = 50;

    public JsonObject Query(string email, JsonObject body)
    {
        Instant from = Moment(body, "timeMin"), to = Moment(body, "timeMax");
        if (from >= to)
        {
            throw new GoogleProblemException(400, "timeRangeEmpty", "The specified time range is empty.", "calendar", "timeMax");
        }

        string[] ids = [.. (body["items"] as JsonArray ?? []).OfType<JsonObject>().Select(item => item.Text("id") ?? "")];
        if (ids.Length > CalendarsAtMost)
        {
            throw new GoogleProblemException(400, "tooManyCalendarsRequested", "Too many calendars were requested.", "calendar");
        }

        var calendars = new JsonObject();
        foreach (string id in ids)
        {
            calendars[id] = state.Calendars.Find(id, email) is { } calendar ? Busy(calendar, from, to) : NotFound();
        }

        return new JsonObject
        {
            ["kind"] = "calendar#freeBusy",
            ["timeMin"] = InstantPattern.General.Format(from),
            ["timeMax"] = InstantPattern.General.Format(to),
            ["calendars"] = calendars,
        };
    }

    private JsonObject Busy(GoogleCalendar calendar, Instant from, Instant to)
    {
        var busy = new List<(Instant Start, Instant End)>();
        foreach (EventTimes times in listing.Occurrences(calendar, from, to)
            .Where(item => item.Json.Text("transparency") != "transparent")
            .Select(item => EventTimes.Of(item.Json, calendar.Zone))
            .Where(times => times.Start.At < to && times.End.At > from)
            .OrderBy(times => times.Start.At))
        {
            Instant start = Instant.Max(times.Start.At, from), end = Instant.Min(times.End.At, to);
            if (busy.Count > 0 && start <= busy[^1].End)
            {
                busy[^1] = (busy[^1].Start, Instant.Max(end, busy[^1].End));
            }
            else
            {
                busy.Add((start, end));
            }
        }

        return new JsonObject
        {
            ["busy"] = new JsonArray([.. busy.Select(span => new JsonObject
            {
                ["start"] = InstantPattern.General.Format(span.Start),
                ["end"] = InstantPattern.General.Format(span.End),
            })]),
        };
    }

    private static JsonObject NotFound() => new()
    {
        ["errors"] = new JsonArray(new JsonObject { ["domain"] = "global", ["reason"] = "notFound" }),
        ["busy"] = new JsonArray(),
    };

    private static Instant Moment(JsonObject body, string name) =>
        OffsetDateTimePattern.ExtendedIso.Parse(body.Text(name) ?? "") is { Success: true } moment
            ? moment.Value.ToInstant()
            : throw GoogleProblemException.Required($"Missing {name}.");
}
