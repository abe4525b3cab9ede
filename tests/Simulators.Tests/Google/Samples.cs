using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>Events to put into calendars.</summary>
internal static class Samples
{
    public static JsonObject Single(string summary, string start = "2027-03-11T14:00:00", string end = "2027-03-11T15:00:00") => new()
    {
        ["summary"] = summary,
        ["start"] = Time(start),
        ["end"] = Time(end),
    };

    public static JsonObject Series(string summary, string rule = "RRULE:FREQ=WEEKLY;COUNT=4")
    {
        JsonObject series = Single(summary);
        series["recurrence"] = new JsonArray(rule);
        return series;
    }

    public static JsonObject Time(string local, string zone = "Europe/Berlin") => new() { ["dateTime"] = local, ["timeZone"] = zone };

    public static string Id(this JsonObject json) => (string)json["id"]!;

    public static string? Text(this JsonObject json, string name) => (string?)json[name];
}
