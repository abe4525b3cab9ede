using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>What a person does in Outlook, by chance from a seed. None of it knows of our properties.</summary>
internal sealed class GraphHistory(GraphSimulator simulator, string calendarId, string otherCalendarId, Random random)
{
    private int _steps;

    /// <summary>One thing; one that is not possible just now is left.</summary>
    public void Step()
    {
        string summary = $"Theirs {++_steps}";
        try
        {
            Act(random.Next(11), summary, Any(calendarId));
        }
        catch (Exception e) when (e.GetType().Name == "GraphFailure")
        {
            // What another client would be told.
        }
    }

    private void Act(int what, string summary, JsonObject? any)
    {
        string? id = any?["id"]!.GetValue<string>();
        if (what < 3 || id is null)
        {
            Create(what % 3, summary);
            return;
        }

        switch (what)
        {
            case 3:
                simulator.PatchEvent(calendarId, id, new() { ["subject"] = IsOurs(any!) ? any!["subject"]!.DeepClone() : summary });
                break;
            case 4 or 5 when IsOurs(any!) && any!["recurrence"] is null:
                simulator.PatchEvent(calendarId, id, new() { ["showAs"] = random.Next(2) == 0 ? "free" : "busy" });
                break;
            case 4:
                simulator.DeleteEvent(calendarId, Day(id, any!));
                break;
            case 5:
                simulator.PatchEvent(calendarId, Day(id, any!), new() { ["subject"] = summary });
                break;
            case 6:
                simulator.PatchEvent(calendarId, Day(id, any!), Times(random.Next(1, 60), 16));
                break;
            case 7 when any!["recurrence"] is null:
                // Out of what the feed looks at, and perhaps back.
                simulator.PatchEvent(calendarId, id, Times(random.Next(3) == 0 ? 900 : random.Next(1, 60), 8));
                break;
            case 8 when !IsOurs(any!):
                simulator.MoveEvent(calendarId, id, otherCalendarId);
                break;
            case 9 when Any(otherCalendarId) is { } there:
                simulator.MoveEvent(otherCalendarId, there["id"]!.GetValue<string>(), calendarId);
                break;
            default:
                if (!IsOurs(any!))
                {
                    simulator.DeleteEvent(calendarId, id);
                }

                break;
        }
    }

    private void Create(int kind, string summary)
    {
        JsonObject row = Times(random.Next(1, 40), 9);
        row["subject"] = summary;
        row["body"] = new JsonObject { ["contentType"] = "text", ["content"] = "" };
        if (kind > 0)
        {
            string start = row["start"]!["dateTime"]!.GetValue<string>();
            DateTime day = DateTime.Parse(start, CultureInfo.InvariantCulture);
            row["recurrence"] = new JsonObject
            {
                ["pattern"] = kind == 1
                    ? new JsonObject { ["type"] = "daily", ["interval"] = random.Next(1, 3) }
                    : new JsonObject
                    {
                        ["type"] = "weekly",
                        ["interval"] = 1,
                        ["daysOfWeek"] = new JsonArray(day.DayOfWeek.ToString().ToLowerInvariant()),
                    },
                ["range"] = random.Next(3) == 0
                    ? new JsonObject { ["type"] = "noEnd", ["startDate"] = start[..10] }
                    : new JsonObject { ["type"] = "numbered", ["startDate"] = start[..10], ["numberOfOccurrences"] = random.Next(2, 9) },
            };
        }

        simulator.PutEvent(calendarId, row);
    }

    // Half of what is tried: a day of a series, of which some do not exist.
    private string Day(string id, JsonObject any) => any["recurrence"] is null
        ? id
        : GraphSimulator.OccurrenceId(
            id, DateOnly.Parse(any["start"]!["dateTime"]!.GetValue<string>()[..10], CultureInfo.InvariantCulture).AddDays(random.Next(3) * 7));

    private JsonObject? Any(string calendar)
    {
        IReadOnlyList<JsonObject> all = simulator.TrueEvents(calendar);
        return all.Count == 0 ? null : all[random.Next(all.Count)];
    }

    private static bool IsOurs(JsonObject row) => row["transactionId"] is not null;

    private static JsonObject Times(int day, int hour)
    {
        string date = new DateTime(2027, 3, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["start"] = new JsonObject { ["dateTime"] = $"{date}T{hour:00}:00:00", ["timeZone"] = "W. Europe Standard Time" },
            ["end"] = new JsonObject { ["dateTime"] = $"{date}T{hour + 1:00}:00:00", ["timeZone"] = "W. Europe Standard Time" },
        };
    }
}
