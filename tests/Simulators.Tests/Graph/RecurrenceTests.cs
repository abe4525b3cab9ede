using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>Days of series, against dates looked up in a calendar.</summary>
public sealed class RecurrenceTests
{
    public static TheoryData<string, string, string, string> Rules => new()
    {
        // Every second Tuesday and Sunday, weeks starting on Sunday and on Monday.
        {
            """{"type":"weekly","interval":2,"daysOfWeek":["tuesday","sunday"],"firstDayOfWeek":"sunday"}""",
            """{"type":"numbered","startDate":"2026-12-01","numberOfOccurrences":4}""",
            "2026-12-01", "2026-12-01 2026-12-13 2026-12-15 2026-12-27"
        },
        {
            """{"type":"weekly","interval":2,"daysOfWeek":["tuesday","sunday"],"firstDayOfWeek":"monday"}""",
            """{"type":"numbered","startDate":"2026-12-01","numberOfOccurrences":4}""",
            "2026-12-01", "2026-12-01 2026-12-06 2026-12-15 2026-12-20"
        },
        {
            """{"type":"daily","interval":3}""",
            """{"type":"endDate","startDate":"2026-12-01","endDate":"2026-12-07"}""",
            "2026-12-01", "2026-12-01 2026-12-04 2026-12-07"
        },
        {
            """{"type":"absoluteMonthly","interval":1,"dayOfMonth":31}""",
            """{"type":"numbered","startDate":"2026-12-31","numberOfOccurrences":3}""",
            "2026-12-31", "2026-12-31 2027-01-31 2027-02-28"
        },
        {
            """{"type":"relativeMonthly","interval":1,"daysOfWeek":["friday"],"index":"last"}""",
            """{"type":"numbered","startDate":"2026-12-01","numberOfOccurrences":3}""",
            "2026-12-25", "2026-12-25 2027-01-29 2027-02-26"
        },
        {
            """{"type":"absoluteYearly","interval":1,"dayOfMonth":24,"month":12}""",
            """{"type":"noEnd","startDate":"2026-12-01"}""",
            "2026-12-24", "2026-12-24"
        },
        {
            """{"type":"relativeYearly","interval":1,"daysOfWeek":["thursday"],"index":"second","month":1}""",
            """{"type":"noEnd","startDate":"2026-12-01"}""",
            "2027-01-14", "2027-01-14"
        },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Series_WhenViewed_HappensOnTheDaysOfItsRule(string pattern, string range, string start, string days)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        JsonObject made = GraphScene.Hour("Series", $"{start}T09:00:00", new()
        {
            ["pattern"] = JsonNode.Parse(pattern),
            ["range"] = JsonNode.Parse(range),
        });
        scene.Simulator.PutEvent(scene.Calendar, made);

        var view = scene.Simulator.TrueView(scene.Calendar, GraphScene.Noon, GraphScene.Noon.AddDays(100));

        Assert.Equal(days, string.Join(' ', view.Select(static one => ((string)one["start"]!["dateTime"]!)[..10])));
    }

    [Fact]
    public async Task Series_WhenItsZoneChangesClocks_KeepsItsTimeOnTheWall()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        JsonObject made = GraphScene.Hour("Series", "2026-10-31T09:00:00", GraphScene.Daily("2026-10-31", 2));
        made["start"]!["timeZone"] = "Eastern Standard Time";
        made["end"]!["timeZone"] = "America/New_York";
        scene.Simulator.PutEvent(scene.Calendar, made);

        var view = scene.Simulator.TrueView(scene.Calendar, new(2026, 10, 30, 0, 0, 0, TimeSpan.Zero), new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            ["2026-10-31T13:00:00.0000000", "2026-11-01T14:00:00.0000000"],
            view.Select(static one => (string)one["start"]!["dateTime"]!));
        Assert.Equal("Eastern Standard Time", (string?)view[0]["originalStartTimeZone"]);
        Assert.Equal("America/New_York", (string?)view[0]["originalEndTimeZone"]);
    }
}
