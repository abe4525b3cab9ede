using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;
using NodaTime;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>What a series' rule says, exceptions not counted.</summary>
internal static class Series
{
    // Ten years of days; a rule without end is served no further.
    private const int InstancesAtMost = 3660;

    public static bool IsSeries(JsonObject item) => item["recurrence"] is JsonArray { Count: > 0 };

    /// <summary>Original starts in order, as long as they are before an end.</summary>
    public static IEnumerable<EventTime> Starts(JsonObject master, DateTimeZone calendarZone, Instant before)
    {
        EventTime start = EventTime.Read(master.Object("start")!, "start", calendarZone);
        foreach (var occurrence in Rule(master, start).GetOccurrences().Take(InstancesAtMost))
        {
            var local = LocalDateTime.FromDateTime(occurrence.Period.StartTime.Value);
            EventTime next = start.IsDay
                ? new(local.Date, calendarZone.AtStartOfDay(local.Date).ToInstant(), calendarZone)
                : new(null, local.InZoneLeniently(start.Zone).ToInstant(), start.Zone);
            if (next.At >= before)
            {
                yield break;
            }

            yield return next;
        }
    }

    /// <summary>The original start with this id suffix; null when the rule makes none.</summary>
    public static EventTime? StartOf(JsonObject master, DateTimeZone calendarZone, string suffix, Instant at) =>
        Starts(master, calendarZone, at + Duration.FromDays(2)).FirstOrDefault(start => start.Suffix == suffix);

    /// <summary>Refuses a rule that cannot be read.</summary>
    public static void Check(JsonObject item, DateTimeZone calendarZone)
    {
        JsonObject? start = item.Object("start"), end = item.Object("end");
        foreach (string line in Lines(item))
        {
            string name = line.Split(':', ';')[0].ToUpperInvariant();
            if (name is not ("RRULE" or "EXRULE" or "RDATE" or "EXDATE"))
            {
                throw GoogleProblemException.Invalid("Invalid recurrence rule.");
            }
        }

        if (start?.Text("dateTime") is not null && (start.Text("timeZone") is null || end?.Text("timeZone") is null))
        {
            throw GoogleProblemException.Required("Missing time zone definition for start time.");
        }

        try
        {
            _ = Rule(item, EventTime.Read(start!, "start", calendarZone)).GetOccurrences().FirstOrDefault();
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidOperationException
            or System.Runtime.Serialization.SerializationException)
        {
            throw GoogleProblemException.Invalid("Invalid recurrence rule.");
        }
    }

    private static IEnumerable<string> Lines(JsonObject item) =>
        item["recurrence"] is JsonArray lines ? lines.Select(line => line?.GetValue<string>() ?? "") : [];

    private static global::Ical.Net.CalendarComponents.CalendarEvent Rule(JsonObject master, EventTime start)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:simulator\r\nBEGIN:VEVENT\r\nUID:series\r\n");
        text.Append(start.IsDay
            ? $"DTSTART;VALUE=DATE:{start.Suffix}\r\n"
            : $"DTSTART;TZID={start.Zone.Id}:{start.At.InZone(start.Zone).LocalDateTime:uuuuMMdd'T'HHmmss}\r\n");
        foreach (string line in Lines(master))
        {
            text.Append(line).Append("\r\n");
        }

        text.Append("END:VEVENT\r\nEND:VCALENDAR\r\n");
        return global::Ical.Net.Calendar.Load(text.ToString())?.Events.FirstOrDefault()
            ?? throw new FormatException("The rule could not be read.");
    }
}
