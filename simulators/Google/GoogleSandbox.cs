using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Events;
using NodaTime;

namespace CalendarActors.Simulators.Google;

/// <summary>A Google for people who try the product out: one person with a few events around now.</summary>
public static class GoogleSandbox
{
    /// <summary>The one person's address, and the id of her calendar.</summary>
    public const string Email = "ada@sandbox.example";

    /// <summary>The one person's name.</summary>
    public const string Name = "Ada (sandbox)";

    private const string Zone = "Europe/Berlin";

    /// <summary>Starts it on a port of the loopback address (0 takes a free one); notifications go out by themselves.</summary>
    public static Task<GoogleSimulator> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken = default) =>
        StartAsync(new GoogleSimulatorOptions { Port = port, Time = time, DeliversByItself = true }, cancellationToken);

    /// <summary>Starts it as the options say.</summary>
    public static async Task<GoogleSimulator> StartAsync(GoogleSimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        GoogleSimulator simulator = await GoogleSimulator.StartAsync(options, cancellationToken);
        simulator.AddUser(Email, Name, zone: Zone);
        Seed(simulator, options.Time.GetUtcNow().UtcDateTime.Date);
        return simulator;
    }

    private static void Seed(GoogleSimulator simulator, DateTime today)
    {
        simulator.PutEvent(Email, Timed("Dentist", today.AddDays(1).AddHours(8.5), 45));
        simulator.PutEvent(Email, Timed("Lunch with Grace", today.AddDays(2).AddHours(12), 60));
        simulator.PutEvent(Email, Timed("Release review", today.AddDays(-1).AddHours(15), 30));

        DateTime monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7) - 7);
        JsonObject weekly = Timed("Team meeting", monday.AddHours(10), 60);
        weekly["recurrence"] = new JsonArray("RRULE:FREQ=WEEKLY;BYDAY=MO");
        weekly["attendees"] = new JsonArray(
            new JsonObject { ["email"] = Email, ["responseStatus"] = "accepted" },
            new JsonObject { ["email"] = "grace@sandbox.example", ["responseStatus"] = "tentative" });
        string id = (string)simulator.PutEvent(Email, weekly)["id"]!;

        // Next week's meeting is moved to the afternoon.
        DateTime next = monday.AddDays(14);
        JsonObject moved = Timed("Team meeting (moved)", next.AddHours(14), 60);
        simulator.PatchEvent(Email, InstanceId(id, next.AddHours(10)), moved);

        simulator.PutEvent(Email, new JsonObject
        {
            ["summary"] = "Conference",
            ["start"] = new JsonObject { ["date"] = $"{today.AddDays(5):yyyy-MM-dd}" },
            ["end"] = new JsonObject { ["date"] = $"{today.AddDays(7):yyyy-MM-dd}" },
            ["transparency"] = "transparent",
        });
    }

    private static JsonObject Timed(string summary, DateTime localStart, int minutes) => new()
    {
        ["summary"] = summary,
        ["start"] = new JsonObject { ["dateTime"] = $"{localStart:yyyy-MM-ddTHH:mm:ss}", ["timeZone"] = Zone },
        ["end"] = new JsonObject { ["dateTime"] = $"{localStart.AddMinutes(minutes):yyyy-MM-ddTHH:mm:ss}", ["timeZone"] = Zone },
    };

    private static string InstanceId(string seriesId, DateTime localStart)
    {
        DateTime utc = LocalDateTime.FromDateTime(localStart).InZoneLeniently(Zones.Get(Zone)).ToDateTimeUtc();
        return $"{seriesId}_{utc:yyyyMMddTHHmmss}Z";
    }
}
