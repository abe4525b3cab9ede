using System.Globalization;
using System.Net;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Providers;
using NodaTime;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

[Collection(OneGateway.Name)]
public sealed class AvailabilityTests(GatewayHost host)
{
    [Fact]
    public async Task Find_InEachFormat_GivesItsTimes()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("10:10", "10:30");

        Assert.Equal(["09:00-10:10 0", "10:30-12:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(
            ["09:00-10:00 0", "10:30-11:30 0"], await scene.FindAsync(scene.Question(("response_format", "slots"))));
        Assert.Equal(
            ["09:00-10:00 0", "10:30-11:30 0", "11:00-12:00 0"],
            await scene.FindAsync(scene.Question(("response_format", "overlapping_slots"))));
        Assert.Equal(
            ["09:00-10:00 0", "10:30-11:30 0", "10:45-11:45 0"],
            await scene.FindAsync(scene.Question(
                ("response_format", "overlapping_slots"), ("start_interval", new { minutes = 15 }), ("max_results", 3))));
        Assert.Equal(["10:30-12:00 0"], await scene.FindAsync(scene.Question(("required_duration", new { hours = 1, minutes = 20 }))));
    }

    [Fact]
    public async Task Find_WhenStartsAreListed_AnswersEachByItself()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("10:00", "11:00");
        object[] starts = [.. new[] { "09:07", "08:50", "09:00", "11:00", "10:30" }.Select(clock => new { start = At(2, clock) })];
        Dictionary<string, object?> question = scene.Question(("query_slots", starts), ("response_format", "slots"), ("explain", true));
        question.Remove("query_periods");

        JsonElement answer = await scene.AskAsync(question);

        Assert.Equal(["08:50-09:50 0", "09:00-10:00 0", "11:00-12:00 0"], await scene.FindAsync(question));
        Assert.Equal(
            [
                "08:50 True ", "09:00 True ", $"09:07 False busy {scene.Sub()} 10:00 11:00", $"10:30 False busy {scene.Sub()} 10:00 11:00",
                "11:00 True ",
            ],
            answer.GetProperty("explanations").EnumerateArray().Select(Explained));
    }

    [Theory]
    [InlineData(null, "available_periods")]
    [InlineData("periods", "available_periods")]
    [InlineData("slots", "available_slots")]
    [InlineData("overlapping_slots", "available_slots")]
    public async Task Find_WhenStartsAreListed_CallsTheAnswerWhatItsFormatIsCalled(string? format, string name)
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        Dictionary<string, object?> question = scene.Question(
            ("query_slots", new[] { new { start = At(2, "09:00") }, new { start = At(2, "09:01") } }), ("response_format", format));
        question.Remove("query_periods");

        Assert.Equal(2, (await scene.AskAsync(question)).GetProperty(name).GetArrayLength());
    }

    [Fact]
    public async Task Find_WithGroups_ListsEverybodyWhoIsFree()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 3);
        await scene.TakeAsync("09:00", "10:00", room: 1);
        await scene.TakeAsync("10:00", "11:00", room: 2);
        await scene.TakeAsync("11:00", "12:00", room: 1);
        await scene.TakeAsync("11:00", "12:00", room: 2);

        Assert.Equal(
            ["09:00-10:00 0,2", "10:00-11:00 0,1"],
            await scene.FindAsync(scene.Question(
                ("participants", new[] { scene.Group(null, 0), scene.Group(1, 1, 2) }), ("response_format", "slots"))));
        Assert.Empty(await scene.FindAsync(scene.Question(("participants", new[] { scene.Group(null, 0, 1, 2) }))));
    }

    [Fact]
    public async Task Find_WithBuffersOfEitherShape_KeepsAwayFromWhatIsBusyOnly()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("10:30", "10:45");
        object bare = new { before = new { minutes = 15 }, after = new { minutes = 30 } };
        object ranged = new
        {
            before = new { minimum = new { minutes = 15 }, maximum = new { hours = 2 } },
            after = new { minimum = new { minutes = 30 } },
        };
        string[] expected = ["09:00-10:00 0", "11:00-12:00 0"];

        Assert.Equal(expected, await scene.FindAsync(scene.Question(("buffer", bare))));
        Assert.Equal(expected, await scene.FindAsync(scene.Question(("buffer", ranged))));
        Assert.Equal(
            ["09:00-10:30 0", "10:45-12:00 0"], await scene.FindAsync(scene.Question(("buffer", new { }), ("start_interval", null))));
        JsonElement answer = await scene.AskAsync(scene.Question(("buffer", bare), ("explain", new[] { At(2, "09:15") })));
        Assert.Equal(
            [$"09:15 False buffer {scene.Sub()} 10:30 10:45"], answer.GetProperty("explanations").EnumerateArray().Select(Explained));
    }

    [Fact]
    public async Task Find_AfterEachAcknowledgedWrite_HasSeenIt()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        for (int i = 0; i < 5; i++)
        {
            await scene.TakeAsync("09:00", "12:00", eventId: "e");
            Assert.Empty(await scene.FindAsync(scene.Question()));
            await scene.Room.WriteAsync(
                HttpMethod.Delete, $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events", new { event_id = "e" });
            Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
        }
    }

    [Fact]
    public async Task Find_WithEventsThatAreFreeOrExcluded_LooksThroughThem()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("09:00", "09:30", transparency: "working_elsewhere");
        await scene.TakeAsync("10:00", "10:30", transparency: "tentative");
        await scene.TakeAsync("11:00", "11:30");

        Assert.Equal(["09:00-10:00 0"], await scene.FindAsync(scene.Question()));
        Assert.Equal(
            ["09:00-11:00 0"], await scene.FindAsync(scene.Question(("ignored_extended_transparencies", new[] { "tentative" }))));
        object[] one = [new { event_id = "11:00" }];
        Assert.Equal(["09:00-10:00 0", "10:30-12:00 0"], await scene.FindAsync(scene.Question(("excluded_events", one))));
        JsonElement listed = (await scene.Room.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true", "events"))
            .Single(e => e.GetProperty("event_id").GetString() == "10:00");
        object[] byUid = [new { event_uid = listed.GetProperty("event_uid").GetString() }];
        Assert.Equal(["09:00-11:00 0"], await scene.FindAsync(scene.Question(("excluded_events", byUid))));
    }

    [Fact]
    public async Task Find_WithCalendars_CountsThemOnly()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("09:00", "12:00");
        object[] Only(params string[] calendars) => [new { members = new[] { new { sub = scene.Sub(), calendar_ids = calendars } } }];

        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", Only()))));
        Assert.Empty(await scene.FindAsync(scene.Question(("participants", Only(await scene.Room.CalendarIdAsync())))));
        Assert.Equal(
            "422 participants[0].members[0].calendar_ids errors.invalid_calendar_ids",
            await scene.TryAsync(scene.Question(("participants", Only("cal_0_0")))));
    }

    [Fact]
    public async Task Find_WithConstraints_LeavesFullDaysOut()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.TakeAsync("05:00", "05:30");
        object[] With(int limit, string period, string zone) =>
            [new { members = new[] { new { sub = scene.Sub(), availability_constraints = new[] { new { limit, period, tzid = zone } } } } }];

        Assert.Empty(await scene.FindAsync(scene.Question(("participants", With(1, "day", "Etc/UTC")))));
        Assert.Empty(await scene.FindAsync(scene.Question(("participants", With(1, "week", "Etc/UTC")))));
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", With(2, "day", "Etc/UTC")))));

        // Five in the morning is the evening before in Honolulu, nine is not.
        Assert.Equal(["10:00-12:00 0"], await scene.FindAsync(scene.Question(("participants", With(1, "day", "Pacific/Honolulu")))));
    }

    [Fact]
    public async Task Find_WithStatuses_SaysHowWellEachMemberIsKnown()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);

        JsonElement answer = await scene.AskAsync(scene.Question(
            ("participants", new[] { scene.Group(null, 0, 1) }), ("include_member_statuses", true)));

        Assert.Equal(
            $$"""[{"sub":"{{scene.Sub()}}","sync_status":"active"},{"sub":"{{scene.Sub(1)}}","sync_status":"active"}]""",
            answer.GetProperty("member_statuses").GetRawText());
        Assert.False((await scene.AskAsync(scene.Question())).TryGetProperty("member_statuses", out _));
        Assert.True((await scene.AskAsync(scene.Question(("include_freshness", true))))
            .GetProperty("member_statuses")[0].TryGetProperty("as_of", out _));
    }

    [Fact]
    public async Task Find_FarAhead_OffersNothingThatIsNotKnown()
    {
        host.AddLogin("far@example.com");
        AvailabilityScene scene = await AvailabilityScene.OfPersonAsync(host, "far@example.com");
        object[] periods = [new { start = At(250, "09:00"), end = At(250, "12:00") }];

        Dictionary<string, object?> question = scene.Question(("query_periods", periods), ("explain", new[] { At(250, "09:00") }));
        Assert.Empty(await scene.FindAsync(question));
        Assert.Equal(["unknown"], Reasons(await scene.AskAsync(question)));
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
    }

    [Fact]
    public async Task Find_FarAhead_OffersNothingOfARoomWhoseSeriesGoOn()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        Dictionary<string, object?> question = scene.Question(
            ("query_periods", new[] { new { start = At(250, "09:00"), end = At(250, "12:00") } }));
        Dictionary<string, object?> excluding = new(question) { ["excluded_events"] = new[] { new { event_id = "other" } } };
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(question));
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(excluding));

        await scene.Room.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await scene.Room.CalendarIdAsync()}/events", new
        {
            event_id = "weekly",
            summary = "Weekly",
            start = At(2, "09:00"),
            end = At(2, "10:00"),
            recurrence = new { rules = new[] { new { frequency = "weekly" } } },
        });

        Assert.Empty(await scene.FindAsync(question));
        Assert.Empty(await scene.FindAsync(excluding));
        Assert.Equal(["10:00-12:00 0"], await scene.FindAsync(scene.Question()));
    }

    [Fact]
    public async Task Find_BeforeACalendarWasReadOnce_OffersNothingOfIt()
    {
        host.AddLogin("unread@example.com");
        TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Provider.Before = (call, _) =>
            call is { User: "unread@example.com", Kind: ProviderCallKind.Pull } ? reading.Task : Task.CompletedTask;
        try
        {
            ApiCaller caller = await ApiCaller.GrantAsync(host, userName: "unread@example.com");
            AvailabilityScene scene = new(host, caller.Application, [caller]);
            (string, object?)[] explaining = [("explain", new[] { At(2, "09:00") }), ("include_member_statuses", true)];

            JsonElement answer = await scene.AskAsync(scene.Question(explaining));
            Assert.Equal(0, answer.GetProperty("available_periods").GetArrayLength());
            Assert.Equal(["unknown"], Reasons(answer));
            Assert.Equal("pending", answer.GetProperty("member_statuses")[0].GetProperty("sync_status").GetString());
            Assert.Empty(await scene.FindAsync(scene.Question(("excluded_events", new[] { new { event_id = "none" } }))));

            reading.SetResult();
            JsonElement read = await scene.AskAsync(scene.Question(("max_staleness", 600), ("max_wait", 8)));
            Assert.Equal(1, read.GetProperty("available_periods").GetArrayLength());
            Assert.Equal("active", read.GetProperty("member_statuses")[0].GetProperty("sync_status").GetString());
        }
        finally
        {
            host.Provider.Before = null;
            reading.TrySetResult();
        }
    }

    [Fact]
    public async Task Find_WhenNoCalendarMayBeOld_HasWhatTheProviderHasNow()
    {
        InMemoryCalendar home = host.AddLogin("fresh@example.com");
        AvailabilityScene scene = await AvailabilityScene.OfPersonAsync(host, "fresh@example.com");
        Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
        Instant start = Instant.FromDateTimeOffset(DateTimeOffset.Parse(At(2, "10:00"), CultureInfo.InvariantCulture));
        home.Put(new EventChange
        {
            Start = CalendarTime.Utc(start),
            End = CalendarTime.Utc(start + Duration.FromHours(1)),
            Summary = "Theirs",
        }.ApplyTo(null, "theirs"));

        JsonElement answer = await scene.AskAsync(scene.Question(("max_staleness", 0), ("max_wait", 8)));

        Assert.Equal(2, answer.GetProperty("available_periods").GetArrayLength());
        JsonElement status = Assert.Single(answer.GetProperty("member_statuses").EnumerateArray());
        Assert.Equal("active", status.GetProperty("sync_status").GetString());
        Assert.True(status.TryGetProperty("as_of", out _));
        Assert.Equal("422 max_wait errors.out_of_range", await scene.TryAsync(scene.Question(("max_staleness", 0), ("max_wait", 9))));
    }

    [Fact]
    public async Task Find_WhileOthersWaitForAProvider_IsAnsweredAtOnce()
    {
        host.AddLogin("slow@example.com");
        AvailabilityScene slow = await AvailabilityScene.OfPersonAsync(host, "slow@example.com");
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Provider.Before = (call, _) =>
        {
            if (call.User != "slow@example.com")
            {
                return Task.CompletedTask;
            }

            asked.TrySetResult();
            return answer.Task;
        };
        try
        {
            Task<string[]>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => slow.FindAsync(slow.Question(("max_staleness", 0), ("max_wait", 8))))];

            await asked.Task;
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(["09:00-12:00 0"], await scene.FindAsync(scene.Question()));
            }

            Assert.DoesNotContain(waiting, w => w.IsCompleted);
            answer.SetResult();
            Assert.All(await Task.WhenAll(waiting), found => Assert.Equal(["09:00-12:00 0"], found));
        }
        finally
        {
            host.Provider.Before = null;
            answer.TrySetResult();
        }
    }

    [Fact]
    public async Task Find_WithAnAccessTokenOfAnyAccount_AsksForItsApplication()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);

        Assert.Equal(
            ["09:00-12:00 1"],
            await scene.FindAsync(scene.Question(("participants", new[] { scene.Group(null, 1) })), scene.Room.AccessToken));
        Assert.Equal(
            "422 participants[0].members[0].sub errors.not_recognized", await scene.TryAsync(scene.Question(), stranger.AccessToken));
        Assert.Equal(
            "422 participants[0].members[0].sub errors.not_recognized", await scene.TryAsync(scene.Question(), stranger.Application.Secret));
        Assert.Equal("401", await scene.TryAsync(scene.Question(), "nobody"));
        using HttpResponseMessage without = await scene.PostAsync(ApiCaller.Json(scene.Question()), null);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
    }

    [Fact]
    public async Task Find_OfAnAccountThatGrantedLess_IsRefusedByName()
    {
        host.AddLogin("writer@example.com");
        ApiCaller caller = await ApiCaller.GrantAsync(host, "create_event", "writer@example.com");
        AvailabilityScene scene = new(host, caller.Application, [caller]);

        Assert.Equal("422 participants[0].members[0].sub errors.insufficient_scope", await scene.TryAsync(scene.Question()));
    }

    [Fact]
    public async Task Find_WhenTheAuthorizationWasRevoked_FindsNobody()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host);
        await scene.FindAsync(scene.Question());
        string token = scene.Room.AccessToken;
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", scene.Application.ClientId), ("client_secret", scene.Application.Secret), ("sub", scene.Sub())]));

        Assert.Equal("422 participants[0].members[0].sub errors.not_recognized", await scene.TryAsync(scene.Question()));
        Assert.Equal("401", await scene.TryAsync(scene.Question(), token));
    }

    private static IEnumerable<string?> Reasons(JsonElement answer) => answer.GetProperty("explanations")[0].GetProperty("reasons")
        .EnumerateArray().Select(r => r.GetProperty("reason").GetString());

    private static string Explained(JsonElement one)
    {
        static string Clock(JsonElement moment) => moment.GetString()![11..16];
        string reasons = string.Join(';', one.GetProperty("reasons").EnumerateArray().Select(r =>
            $"{r.GetProperty("reason").GetString()} {r.GetProperty("sub").GetString()} {Clock(r.GetProperty("start"))} {Clock(r.GetProperty("end"))}"));
        return $"{Clock(one.GetProperty("start"))} {one.GetProperty("available").GetBoolean()} {reasons}";
    }
}
