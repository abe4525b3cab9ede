using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>What a person does in Google's own pages, by chance from a seed.</summary>
internal sealed class GoogleHistory(GoogleSimulator simulator, string calendarId, Random random)
{
    private const int Names = 6;

    private int _steps;

    /// <summary>One thing; one that is not possible just now is left.</summary>
    public void Step()
    {
        try
        {
            Act(random.Next(8), $"oth{random.Next(Names)}a");
        }
        catch (Exception e) when (e.GetType().Name == "GoogleProblemException")
        {
            // Not there, or deleted already: what another client would be told.
        }
    }

    private void Act(int what, string id)
    {
        string summary = $"Theirs {++_steps}";
        switch (what)
        {
            case 0:
                simulator.PutEvent(calendarId, Event(id, summary, Timed(random.Next(1, 28), 9), Timed(random.Next(28, 30), 10)));
                break;
            case 1:
                simulator.PutEvent(calendarId, Series(id, summary, random.Next(1, 5)));
                break;
            case 2:
                JsonObject days = Event(id, summary, new() { ["date"] = "2027-03-02" }, new() { ["date"] = "2027-03-03" });
                days["recurrence"] = new JsonArray($"RRULE:FREQ=DAILY;COUNT={random.Next(4, 9)}");
                simulator.PutEvent(calendarId, days);
                break;
            case 3:
                simulator.PatchEvent(calendarId, Instance(id), new()
                {
                    ["summary"] = summary,
                    ["start"] = Timed(random.Next(1, 15), 16),
                    ["end"] = Timed(random.Next(15, 28), 17),
                });
                break;
            case 4:
                simulator.DeleteEvent(calendarId, Instance(id));
                break;
            case 5:
                simulator.PatchEvent(calendarId, Instance(id), new() { ["summary"] = summary });
                break;
            case 6:
                simulator.DeleteEvent(calendarId, id);
                break;
            default:
                simulator.PatchEvent(calendarId, id, new() { ["summary"] = summary, ["description"] = "Changed" });
                break;
        }
    }

    // Weekly over the change of the clocks, or from another day or with another length.
    private JsonObject Series(string id, string summary, int day)
    {
        JsonObject series = Event(id, summary, Timed(day, 14), Timed(day, 15));
        series["recurrence"] = new JsonArray($"RRULE:FREQ=WEEKLY;COUNT={random.Next(3, 9)}");
        return series;
    }

    // Of the weekly series as it began, or of the daily one: half of them name nothing.
    private string Instance(string id) => random.Next(3) == 0
        ? $"{id}_2027030{random.Next(2, 9)}"
        : $"{id}_{new DateTime(2027, 3, random.Next(1, 5), 13, 0, 0, DateTimeKind.Utc).AddDays(7 * random.Next(3)).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";

    private static JsonObject Event(string id, string summary, JsonObject start, JsonObject end) =>
        new() { ["id"] = id, ["summary"] = summary, ["start"] = start, ["end"] = end };

    private static JsonObject Timed(int day, int hour) => new()
    {
        ["dateTime"] = day < 28 ? $"2027-03-{day:00}T{hour:00}:00:00+01:00" : $"2027-03-{day:00}T{hour:00}:00:00+02:00",
        ["timeZone"] = "Europe/Berlin",
    };
}
