using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;
using NodaTime;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>An event's start and its end, which is excluded.</summary>
internal sealed record EventTimes(EventTime Start, EventTime End)
{
    /// <summary>Reads them, or refuses them as Google does.</summary>
    public static EventTimes Of(JsonObject json, DateTimeZone calendarZone)
    {
        // A cancelled exception was stored with its original start only.
        JsonObject? start = json.Object("start") ?? json.Object("originalStartTime"), end = json.Object("end") ?? start;
        var times = new EventTimes(
            EventTime.Read(start ?? throw GoogleProblemException.Required("Missing start time."), "start", calendarZone),
            EventTime.Read(end!, "end", calendarZone));
        return times;
    }

    /// <summary>Reads what a client sent, where both are needed and in order.</summary>
    public static EventTimes Checked(JsonObject json, DateTimeZone calendarZone)
    {
        if (json.Object("start") is null || json.Object("end") is null)
        {
            throw GoogleProblemException.Required(json.Object("start") is null ? "Missing start time." : "Missing end time.");
        }

        EventTimes times = Of(json, calendarZone);
        if (times.Start.IsDay != times.End.IsDay)
        {
            throw GoogleProblemException.Invalid("Start and end times must either both be date or both be dateTime.");
        }

        return times.End.At < times.Start.At || (times.Start.IsDay && times.End.At == times.Start.At)
            ? throw new GoogleProblemException(400, "timeRangeEmpty", "The specified time range is empty.", "calendar")
            : times;
    }
}
