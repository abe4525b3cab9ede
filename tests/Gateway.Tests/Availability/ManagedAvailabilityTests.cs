using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

/// <summary>Rules and available periods, and what questions make of them.</summary>
[Collection(OneGateway.Name)]
public sealed class ManagedAvailabilityTests(GatewayHost host)
{
    private static string Weekday => Today.AddDays(2).DayOfWeek.ToString().ToLowerInvariant();

    [Fact]
    public async Task Rule_WhenMade_IsReadListedReplacedAndDeleted()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string calendarId = await caller.CalendarIdAsync();
        await PutRuleAsync(caller, "a", "Europe/Paris", "09:00", "24:00", calendarId);

        JsonElement rule = (await caller.GetAsync("/v1/availability_rules/a")).GetProperty("availability_rule");
        Assert.Equal(
            $$"""{"availability_rule_id":"a","tzid":"Europe/Paris","calendar_ids":["{{calendarId}}"],"weekly_periods":[{"day":"{{Weekday}}","start_time":"09:00","end_time":"24:00"}]}""",
            rule.GetRawText());
        await PutRuleAsync(caller, "b", "Etc/UTC", "09:00", "10:00");
        await PutRuleAsync(caller, "a", "Etc/UTC", "10:00", "11:00");
        JsonElement[] rules = [.. (await caller.GetAsync("/v1/availability_rules")).GetProperty("availability_rules").EnumerateArray()];
        Assert.Equal(["a Etc/UTC False", "b Etc/UTC False"], rules.Select(r =>
            $"{r.GetProperty("availability_rule_id")} {r.GetProperty("tzid")} {r.TryGetProperty("calendar_ids", out _)}"));
        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Delete, "/v1/availability_rules/a", new { })).Status);
        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Delete, "/v1/availability_rules/a")).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, "/v1/availability_rules/a")).Status);
    }

    [Theory]
    [InlineData("team/a", "team%2Fa")]
    [InlineData("50%", "50%25")]
    public async Task Rule_WhoseIdHasASign_IsNamedByItsPath(string id, string path)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        await PutRuleAsync(caller, id, "Etc/UTC", "09:00", "10:00");

        JsonElement rule = (await caller.GetAsync($"/v1/availability_rules/{path}")).GetProperty("availability_rule");
        Assert.Equal(id, rule.GetProperty("availability_rule_id").GetString());
        Assert.Equal(202, (await caller.TryAsync(HttpMethod.Delete, $"/v1/availability_rules/{path}")).Status);
        Assert.Equal(0, (await caller.GetAsync("/v1/availability_rules")).GetProperty("availability_rules").GetArrayLength());
    }

    [Fact]
    public async Task Rule_OfNoHours_OffersNothing()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        object[] members = Managed(scene);
        await PutPeriodAsync(scene.Room, "p", At(2, "10:00"), At(2, "11:00"));

        using HttpResponseMessage response = await scene.Room.SendAsync(HttpMethod.Post, "/v1/availability_rules", ApiCaller.Json(
            new { availability_rule_id = "none", tzid = "Etc/UTC", weekly_periods = Array.Empty<object>() }));

        Assert.Equal(
            """{"availability_rule":{"availability_rule_id":"none","tzid":"Etc/UTC","weekly_periods":[]}}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(["10:00-11:00 0"], await scene.FindAsync(scene.Question(("participants", members))));
    }

    [Fact]
    public async Task Period_WhenMade_IsListedReplacedAndDeleted()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        await PutPeriodAsync(caller, "later", At(5, "09:00"), At(5, "10:00"));
        await PutPeriodAsync(caller, "sooner", new { time = At(3, "09:00"), tzid = "Europe/Paris" }, At(3, "10:00"));
        await PutPeriodAsync(caller, "later", At(5, "11:00"), At(5, "12:00"));
        await PutPeriodAsync(caller, "long over", At(-50, "11:00"), At(-50, "12:00"), "long-over");

        Assert.Equal(["sooner " + At(3, "09:00"), "later " + At(5, "11:00")], await ListAsync(caller, ""));
        Assert.Equal(["sooner " + At(3, "09:00")], await ListAsync(caller, $"?to={Day(5)}"));
        Assert.Equal(["later " + At(5, "11:00")], await ListAsync(caller, $"?from={Day(4)}&to={Day(6)}&tzid=Etc/UTC"));
        JsonElement localized = (await caller.GetAsync("/v1/available_periods?tzid=Asia/Tokyo&localized_times=true"))
            .GetProperty("available_periods")[0].GetProperty("start");
        Assert.Equal($$"""{"time":"{{Day(3)}}T18:00:00+09:00","tzid":"Asia/Tokyo"}""", localized.GetRawText());
        await caller.WriteAsync(HttpMethod.Delete, "/v1/available_periods/", new { available_period_id = "later" });
        Assert.Equal(["sooner " + At(3, "09:00")], await ListAsync(caller, ""));
        await caller.WriteAsync(HttpMethod.Delete, "/v1/available_periods", new { delete_all = true });
        Assert.Empty(await ListAsync(caller, ""));
    }

    [Fact]
    public async Task Batch_WithPeriods_MakesAndDeletesThem()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        object Put(string id) => new
        {
            method = "POST",
            relative_url = "/v1/available_periods",
            data = new { available_period_id = id, start = At(3, "09:00"), end = At(3, "10:00") },
        };
        object delete = new { method = "DELETE", relative_url = "/v1/available_periods", data = new { available_period_id = "a" } };

        using HttpResponseMessage response = await caller.SendAsync(
            HttpMethod.Post, "/v1/batch", ApiCaller.Json(new { batch = new[] { Put("a"), Put("b"), delete, Put("") } }));

        Assert.Equal([202, 202, 202, 422], (await ApiCaller.ReadAsync(response)).GetProperty("batch").EnumerateArray()
            .Select(e => e.GetProperty("status").GetInt32()));
        Assert.Equal(["b " + At(3, "09:00")], await ListAsync(caller, ""));
    }

    [Fact]
    public async Task Question_OfManagedTime_OffersRulesAndPeriodsTogether()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await PutRuleAsync(scene.Room, "early", "Etc/UTC", "08:00", "10:00");
        await PutRuleAsync(scene.Room, "late", "Etc/UTC", "11:30", "12:00");
        await PutPeriodAsync(scene.Room, "once", At(2, "11:00"), At(2, "11:30"));
        object[] With(object member) => [new { members = new[] { member } }];
        string sub = scene.Sub();

        Assert.Equal(
            ["09:00-10:00 0", "11:00-12:00 0"],
            await scene.FindAsync(scene.Question(("participants", With(new { sub, managed_availability = true })))));
        Assert.Equal(
            ["09:00-10:00 0"],
            await scene.FindAsync(scene.Question(
                ("participants", With(new { sub, managed_availability = true, availability_rule_ids = new[] { "early", "none" } })))));
        Assert.Empty(await scene.FindAsync(scene.Question(
            ("participants", With(new { sub, managed_availability = true, availability_rule_ids = Array.Empty<string>() })))));
        Assert.Equal(
            ["11:00-12:00 0"],
            await scene.FindAsync(scene.Question(("participants", With(new
            {
                sub,
                managed_availability = true,
                available_periods = new[] { new { start = At(2, "09:30"), end = At(2, "13:00") } },
            })))));
        JsonElement explained = await scene.AskAsync(scene.Question(
            ("participants", With(new { sub, managed_availability = true })), ("explain", new[] { At(2, "10:00") })));
        Assert.Equal(
            "outside_hours", explained.GetProperty("explanations")[0].GetProperty("reasons")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Question_AfterEachAcknowledgedChange_HasSeenIt()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        object[] members = Managed(scene);
        Task<string[]> AskAsync() => scene.FindAsync(scene.Question(("participants", members)));
        Task RemoveAsync(string path, object body) => scene.Room.WriteAsync(HttpMethod.Delete, path, body);

        for (int round = 0; round < 5; round++)
        {
            Assert.Empty(await AskAsync());
            await PutRuleAsync(scene.Room, "r", "Etc/UTC", "09:00", "10:00");
            Assert.Equal(["09:00-10:00 0"], await AskAsync());
            await PutPeriodAsync(scene.Room, "p", At(2, "10:00"), At(2, "11:00"));
            Assert.Equal(["09:00-11:00 0"], await AskAsync());
            Assert.Equal(202, (await scene.Room.TryAsync(HttpMethod.Delete, "/v1/availability_rules/r")).Status);
            Assert.Equal(["10:00-11:00 0"], await AskAsync());
            await RemoveAsync("/v1/available_periods", new { available_period_id = "p" });
            Assert.Empty(await AskAsync());
            await PutPeriodAsync(scene.Room, "q", At(2, "11:00"), At(2, "12:00"));
            Assert.Equal(["11:00-12:00 0"], await AskAsync());
            await RemoveAsync("/v1/available_periods", new { delete_all = true });
        }
    }

    [Fact]
    public async Task Question_OfManagedTime_CountsTheCalendarsOfItsRules()
    {
        host.AddLogin("two@example.com");
        AvailabilityScene scene = await AvailabilityScene.OfPersonAsync(host, "two@example.com");
        ApiCaller caller = scene.Room;
        await scene.TakeAsync("09:00", "12:00");
        string[] calendars = [.. (await caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray()
            .Select(c => c.GetProperty("calendar_id").GetString()!)];
        string taken = await caller.CalendarIdAsync();
        string other = calendars.First(id => id != taken);
        object[] members = Managed(scene);

        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00", other);
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", members))));
        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00", other, taken);
        Assert.Empty(await scene.FindAsync(scene.Question(("participants", members))));
        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00");
        Assert.Empty(await scene.FindAsync(scene.Question(("participants", members))));
    }

    [Fact]
    public async Task Question_OfManagedTime_CountsACalendarThatCameAMomentAgo()
    {
        host.AddLogin("grown@example.com");
        AvailabilityScene scene = await AvailabilityScene.OfPersonAsync(host, "grown@example.com");
        ApiCaller caller = scene.Room;
        object[] members = Managed(scene);
        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00");
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", members))));

        string profile = (await caller.GetAsync("/v1/calendars")).GetProperty("calendars")[0].GetProperty("profile_id").GetString()!;
        using HttpResponseMessage made = await caller.SendAsync(
            HttpMethod.Post, "/v1/calendars", ApiCaller.Json(new { profile_id = profile, name = "New" }));
        string calendar = (await ApiCaller.ReadAsync(made)).GetProperty("calendar").GetProperty("calendar_id").GetString()!;
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendar}/events", new
        {
            event_id = "e",
            summary = "Taken",
            start = At(2, "09:00"),
            end = At(2, "12:00"),
        });
        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00", calendar);

        Assert.Empty(await scene.FindAsync(scene.Question(("participants", members))));
    }

    [Fact]
    public async Task Question_OfARuleWhoseCalendarsAreGone_OffersNothingAndSaysWhy()
    {
        host.AddLogin("one@gone.example.com");
        AvailabilityScene scene = await AvailabilityScene.OfPersonAsync(host, "one@gone.example.com");
        ApiCaller caller = scene.Room;
        object[] members = Managed(scene);
        JsonElement first = (await caller.GetAsync("/v1/calendars")).GetProperty("calendars")[0];
        await PutRuleAsync(caller, "r", "Etc/UTC", "08:00", "18:00", first.GetProperty("calendar_id").GetString()!);
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", members))));

        await caller.WriteAsync(HttpMethod.Post, $"/v1/profiles/{first.GetProperty("profile_id").GetString()}/revoke", new { });

        // The list of calendars is remembered for a second.
        await Eventually.HoldsAsync(async () => (await scene.FindAsync(scene.Question(("participants", members)))).Length == 0);
        JsonElement answer = await scene.AskAsync(scene.Question(("participants", members), ("explain", new[] { At(2, "10:00") })));
        Assert.Equal(
            "unknown", answer.GetProperty("explanations")[0].GetProperty("reasons")[0].GetProperty("reason").GetString());
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(
            ("participants", members), ("ignored_extended_transparencies", new[] { "unknown" }))));
    }

    [Fact]
    public async Task Rules_OfAnotherApplication_AreNotSeen()
    {
        host.AddLogin("shared@example.com");
        ApiCaller one = await ApiCaller.GrantAsync(host, userName: "shared@example.com");
        ApiCaller other = await ApiCaller.GrantAsync(host, userName: "shared@example.com");
        await PutRuleAsync(one, "a", "Etc/UTC", "09:00", "10:00");

        Assert.Equal(404, (await other.TryAsync(HttpMethod.Get, "/v1/availability_rules/a")).Status);
        Assert.Equal(0, (await other.GetAsync("/v1/availability_rules")).GetProperty("availability_rules").GetArrayLength());
    }

    [Fact]
    public async Task Authorization_WhenRevokedAndGrantedAnew_HasForgottenItsRules()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        Dictionary<string, object?> question = scene.Question(
            ("participants", new[] { new { members = new[] { new { sub = scene.Sub(), managed_availability = true } } } }));
        await PutRuleAsync(scene.Room, "a", "Etc/UTC", "09:00", "10:00");
        Assert.Equal(["09:00-10:00 0"], await scene.FindAsync(question));
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", scene.Application.ClientId), ("client_secret", scene.Application.Secret), ("sub", scene.Sub())]));
        Assert.Equal(401, (await scene.Room.TryAsync(HttpMethod.Get, "/v1/availability_rules")).Status);

        ApiCaller again = await ApiCaller.OpenAsync(host, "room-0", scene.Application);

        Assert.Equal(scene.Sub(), again.Sub);
        Assert.Equal(0, (await again.GetAsync("/v1/availability_rules")).GetProperty("availability_rules").GetArrayLength());
        Assert.Empty(await scene.FindAsync(question));
    }

    [Theory]
    [InlineData("{}", "weekly_periods errors.required,availability_rule_id errors.required,tzid errors.required")]
    [InlineData("""{"availability_rule_id":"ä","tzid":"Mars","weekly_periods":null}""", "weekly_periods errors.required,availability_rule_id errors.invalid_format,tzid errors.tzid_unrecognized")]
    [InlineData("""{"availability_rule_id":"a%2fb","tzid":"Etc/UTC","weekly_periods":[]}""", "availability_rule_id errors.invalid_format")]
    [InlineData("""{"availability_rule_id":"..","tzid":"Etc/UTC","weekly_periods":[]}""", "availability_rule_id errors.invalid_format")]
    [InlineData("""{"availability_rule_id":"LONG","tzid":"Etc/UTC","weekly_periods":[GOOD]}""", "availability_rule_id errors.too_long")]
    [InlineData("""{"availability_rule_id":"a","tzid":"Etc/UTC","calendar_ids":[],"weekly_periods":[GOOD]}""", "calendar_ids errors.required")]
    [InlineData("""{"availability_rule_id":"a","tzid":"Etc/UTC","calendar_ids":["cal_0_0"],"weekly_periods":[GOOD]}""", "calendar_ids errors.invalid_calendar_ids")]
    [InlineData("""{"availability_rule_id":"a","tzid":"Etc/UTC","weekly_periods":[{"day":"Monday","start_time":"24:00","end_time":"9"}]}""", "weekly_periods[0].day errors.not_recognized,weekly_periods[0].start_time errors.must_be_time,weekly_periods[0].end_time errors.must_be_time")]
    [InlineData("""{"availability_rule_id":"a","tzid":"Etc/UTC","weekly_periods":[{"day":"monday","start_time":"10:00","end_time":"10:00"}]}""", "weekly_periods[0].end_time errors.invalid_time_pair")]
    public async Task Rule_WhenSomethingIsWrong_SaysAllOfIt(string body, string expected)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string live = body
            .Replace("LONG", new string('a', 65), StringComparison.Ordinal)
            .Replace("GOOD", """{"day":"monday","start_time":"09:00","end_time":"10:00"}""", StringComparison.Ordinal);

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/availability_rules", live);

        Assert.Equal((422, expected), (status, string.Join(',', errors)));
    }

    [Theory]
    [InlineData("{}", "available_period_id errors.required,start errors.required,end errors.required")]
    [InlineData("""{"available_period_id":"a b","start":"2030-01-01T10:00:00Z","end":"2030-01-01T09:00:00Z"}""", "available_period_id errors.invalid_format,end errors.invalid_time_pair")]
    [InlineData("""{"available_period_id":"a","start":"2030-01-01","end":"2030-01-01T09:00:00","tzid":"Mars"}""", "start errors.must_be_time,end errors.must_be_time,tzid errors.tzid_unrecognized")]
    public async Task Period_WhenSomethingIsWrong_SaysAllOfIt(string body, string expected)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);

        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Post, "/v1/available_periods", body);

        Assert.Equal((422, expected), (status, string.Join(',', errors)));
        Assert.Equal(422, (await caller.TryAsync(HttpMethod.Delete, "/v1/available_periods", new { })).Status);
    }

    private static object[] Managed(AvailabilityScene scene) =>
        [new { members = new[] { new { sub = scene.Sub(), managed_availability = true } } }];

    private static async Task PutRuleAsync(
        ApiCaller caller, string id, string zone, string from, string to, params string[] calendars)
    {
        using HttpResponseMessage response = await caller.SendAsync(HttpMethod.Post, "/v1/availability_rules", ApiCaller.Json(new
        {
            availability_rule_id = id,
            tzid = zone,
            calendar_ids = calendars.Length == 0 ? null : calendars,
            weekly_periods = new[] { new { day = Weekday, start_time = from, end_time = to } },
        }));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private static Task PutPeriodAsync(ApiCaller caller, string id, object start, object end, string? name = null) =>
        caller.WriteAsync(HttpMethod.Post, "/v1/available_periods", new { available_period_id = name ?? id, start, end });

    private static async Task<string[]> ListAsync(ApiCaller caller, string query) =>
    [
        .. (await caller.GetAsync("/v1/available_periods" + query)).GetProperty("available_periods").EnumerateArray()
            .Select(p => $"{p.GetProperty("available_period_id").GetString()} {p.GetProperty("start").GetString()}"),
    ];
}
