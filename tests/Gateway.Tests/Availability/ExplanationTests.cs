using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

[Collection(OneGateway.Name)]
public sealed class ExplanationTests(GatewayHost host)
{
    private const string Member = "participants[0].members[0]";

    [Fact]
    public async Task Explain_WhereTheQuestionItselfStandsInTheWay_NamesItsField()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("05:00", "05:30");
        object member = new
        {
            sub = scene.Sub(),
            available_periods = new[] { new { start = At(2, "09:00"), end = At(2, "11:00") } },
            availability_constraints = new[] { new { limit = 2, period = "day", tzid = "Etc/UTC" }, new { limit = 1, period = "week", tzid = "Etc/UTC" } },
        };

        JsonElement[] reasons = await ReasonsAsync(scene, "10:30", ("participants", new[] { new { members = new[] { member } } }));

        Assert.Equal(["outside_hours", "limit_reached"], reasons.Select(r => r.GetProperty("reason").GetString()));
        Assert.Equal(
            [$"{Member}.available_periods", $"{Member}.availability_constraints[1]"], reasons.Select(r => r.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Explain_WhereRulesDoNotLetSomebodyBeMet_NamesThem()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        foreach (string rule in new[] { "night", "evening", "other" })
        {
            (int status, _) = await scene.CallAsync(
                HttpMethod.Post,
                "/v1/availability_rules",
                new
                {
                    availability_rule_id = rule,
                    tzid = "Etc/UTC",
                    weekly_periods = new[] { new { day = "monday", start_time = "20:00", end_time = "22:00" } },
                },
                scene.Room.AccessToken);
            Assert.Equal(200, status);
        }

        object member = new { sub = scene.Sub(), managed_availability = true, availability_rule_ids = new[] { "evening", "night", "none" } };

        JsonElement reason = Assert.Single(
            await ReasonsAsync(scene, "10:30", ("participants", new[] { new { members = new[] { member } } })));

        Assert.Equal("outside_hours", reason.GetProperty("reason").GetString());
        Assert.Equal("""["night","evening"]""", reason.GetProperty("availability_rule_ids").GetRawText());
        Assert.False(reason.TryGetProperty("field", out _));
    }

    [Fact]
    public async Task Explain_WhereSomebodyIsBusy_NamesTheEventsAsFreeBusyDoes()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("10:00", "11:00", eventId: "long");
        await scene.TakeAsync("10:30", "10:45", eventId: "short", transparency: "tentative");
        await scene.TakeAsync("10:40", "10:50", eventId: "free", transparency: "transparent");
        await scene.TakeAsync("12:00", "12:30", eventId: "later");

        JsonElement reason = Assert.Single(await ReasonsAsync(scene, "10:15"));
        JsonElement ahead = Assert.Single(await ReasonsAsync(
            scene, "11:00", ("required_duration", new { minutes = 30 }), ("buffer", new { before = new { minutes = 15 } })));
        JsonElement left = Assert.Single(await ReasonsAsync(scene, "10:15", ("excluded_events", new[] { new { event_id = "long" } })));

        Assert.Equal("long 10:00 11:00 busy, short 10:30 10:45 tentative", Named(reason));
        Assert.Equal("buffer", ahead.GetProperty("reason").GetString());
        Assert.Equal("long 10:00 11:00 busy", Named(ahead));
        Assert.Equal("short 10:30 10:45 tentative", Named(left));
        JsonElement[] listed = [.. await scene.Room.GetAllAsync($"/v1/free_busy?tzid=Etc/UTC&include_managed=true&include_ids=true&from={At(2, "00:00")}&to={At(3, "00:00")}", "free_busy")];
        Assert.Equal(listed[0].GetRawText(), reason.GetProperty("events")[0].GetRawText());
    }

    [Fact]
    public async Task Explain_WhereTimeIsHeld_SaysSoWithAndWithoutExcludedEvents()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        (int status, JsonElement held) = await scene.CallAsync(HttpMethod.Post, "/v1/holds", new
        {
            hold_id = "h",
            participants = new[] { new { sub = scene.Sub() } },
            start = At(2, "10:00"),
            end = At(2, "11:00"),
            seconds = 60,
        });
        Assert.True(status == 200, $"{status} {held}");
        (string, object?) excluding = ("excluded_events", new[] { new { event_id = "none" } });

        foreach ((string, object?)[] changes in new (string, object?)[][] { [], [excluding] })
        {
            JsonElement reason = Assert.Single(await ReasonsAsync(scene, "10:15", changes));

            Assert.Equal("held", reason.GetProperty("reason").GetString());
            Assert.Equal("10:00", reason.GetProperty("start").GetString()![11..16]);
            Assert.Equal(["09:00-10:00 0", "11:00-12:00 0"], await scene.FindAsync(scene.Question(changes)));
        }
    }

    [Fact]
    public async Task Explain_OfAStartFarFromWhatIsAsked_SaysThatAlone()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        string everyDay = string.Join(',', Enum.GetNames<DayOfWeek>().Select(day =>
            $$"""{"day":"{{day.ToLowerInvariant()}}","start_time":"00:00","end_time":"24:00"}"""));
        Assert.Equal(200, (await scene.Room.TryAsync(
            HttpMethod.Post,
            "/v1/availability_rules",
            $$"""{"availability_rule_id":"always","tzid":"Etc/UTC","weekly_periods":[{{everyDay}}]}""")).Status);
        object member = new { sub = scene.Sub(), managed_availability = true };

        JsonElement answer = await scene.AskAsync(scene.Question(
            ("participants", new[] { new { members = new[] { member } } }), ("explain", new[] { At(150, "10:00") })));

        Assert.Equal(["not_queried"], answer.GetProperty("explanations")[0].GetProperty("reasons").EnumerateArray()
            .Select(r => r.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Explain_ToAnElement_NamesNoEvent()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("10:00", "11:00");
        string token = await scene.ElementTokenAsync(0);

        (int status, JsonElement answer) = await scene.AskFromPageAsync(token, scene.Question(("explain", new[] { At(2, "10:15") })));

        Assert.Equal(200, status);
        JsonElement reason = answer.GetProperty("explanations")[0].GetProperty("reasons")[0];
        Assert.Equal("busy", reason.GetProperty("reason").GetString());
        Assert.False(reason.TryGetProperty("events", out _));
    }

    private static async Task<JsonElement[]> ReasonsAsync(AvailabilityScene scene, string start, params (string, object?)[] changes)
    {
        JsonElement answer = await scene.AskAsync(scene.Question([
            ("explain", new[] { At(2, start) }), ("query_slots", new[] { new { start = At(2, start) } }), ("query_periods", null), .. changes]));
        return [.. answer.GetProperty("explanations")[0].GetProperty("reasons").EnumerateArray()];
    }

    private static string Named(JsonElement reason) => string.Join(", ", reason.GetProperty("events").EnumerateArray().Select(e =>
        $"{e.GetProperty("event_id").GetString()} {e.GetProperty("start").GetString()![11..16]} {e.GetProperty("end").GetString()![11..16]} {e.GetProperty("free_busy_status").GetString()}"));
}
