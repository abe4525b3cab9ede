using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Graph;

/// <summary>A Microsoft 365 for people who try the product out: one person with a few events around now.</summary>
public static class GraphSandbox
{
    /// <summary>The one person's address.</summary>
    public const string Email = "grace@sandbox.example";

    /// <summary>The one person's name.</summary>
    public const string Name = "Grace (sandbox)";

    /// <summary>The one person's tenant.</summary>
    public const string Tenant = "5a9b0c8e-6a0d-4f6e-8a5f-6c1f0f0d2b11";

    private const string Zone = "W. Europe Standard Time";

    /// <summary>Starts it on a port of the loopback address (0 takes a free one); notifications go out by themselves.</summary>
    public static Task<GraphSimulator> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken = default) =>
        StartAsync(new GraphSimulatorOptions { Port = port, Time = time, DeliversNotificationsByItself = true }, cancellationToken);

    /// <summary>Starts it as the options say.</summary>
    public static async Task<GraphSimulator> StartAsync(GraphSimulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        GraphSimulator simulator = await GraphSimulator.StartAsync(options, cancellationToken);
        GraphUser grace = simulator.AddUser(Email, Name, Tenant);
        Seed(simulator, simulator.CalendarsOf(grace)[0].Id, options.Time.GetUtcNow().UtcDateTime.Date);
        simulator.AddCalendar(grace, "Team");
        return simulator;
    }

    private static void Seed(GraphSimulator simulator, string calendar, DateTime today)
    {
        simulator.PutEvent(calendar, Timed("Call with the bank", today.AddDays(1).AddHours(11), 30));
        simulator.PutEvent(calendar, Timed("Lunch with Ada", today.AddDays(2).AddHours(12), 60));

        DateTime tuesday = today.AddDays(-(((int)today.DayOfWeek + 5) % 7) - 7);
        JsonObject weekly = Timed("Planning", tuesday.AddHours(9), 60);
        weekly["recurrence"] = new JsonObject
        {
            ["pattern"] = new JsonObject
            {
                ["type"] = "weekly",
                ["interval"] = 1,
                ["daysOfWeek"] = new JsonArray("tuesday"),
                ["firstDayOfWeek"] = "monday",
            },
            ["range"] = new JsonObject { ["type"] = "noEnd", ["startDate"] = $"{tuesday:yyyy-MM-dd}", ["recurrenceTimeZone"] = Zone },
        };
        string series = simulator.PutEvent(calendar, weekly);

        // Next week's is moved to the afternoon.
        DateTime next = tuesday.AddDays(14);
        simulator.PatchEvent(
            calendar, GraphSimulator.OccurrenceId(series, DateOnly.FromDateTime(next)), Timed("Planning (moved)", next.AddHours(15), 60));

        JsonObject offsite = Timed("Offsite", today.AddDays(6), 2 * 24 * 60);
        offsite["isAllDay"] = true;
        offsite["showAs"] = "oof";
        simulator.PutEvent(calendar, offsite);
    }

    private static JsonObject Timed(string subject, DateTime start, int minutes) => new()
    {
        ["subject"] = subject,
        ["start"] = new JsonObject { ["dateTime"] = $"{start:s}", ["timeZone"] = Zone },
        ["end"] = new JsonObject { ["dateTime"] = $"{start.AddMinutes(minutes):s}", ["timeZone"] = Zone },
    };
}
