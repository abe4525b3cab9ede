using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Providers;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>What each library asks of a person's own calendars, as the contract's sections say it.</summary>
[Collection(OneGateway.Name)]
public sealed class PersonReplayTests(GatewayHost host)
{
    public static TheoryData<Sdk> Everyone => [.. Enum.GetValues<Sdk>()];

    /// <summary>PHP escapes the slashes of the address; Ruby and Python leave it out when there is nobody to send.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section46Permissions_RaisedAndLowered_AreAnsweredUnderTheKeyThatIsReadWithoutAsking(Sdk sdk)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        SdkCaller caller = CallerOf(scene, sdk);

        JsonElement raised = (await caller.SendAsync("POST", "/v1/permissions", scene.Raise())).Expect(200).Json;

        string url = raised.GetProperty("permissions_request").GetProperty("url").GetString()!;
        Assert.StartsWith(host.Address + "permissions/prm_", url, StringComparison.Ordinal);
        await scene.Browser.OpenAsync(url);
        await scene.Browser.SendAsync($"{url}?handler=allow");
        Assert.Equal(scene.Application.RedirectUri, scene.Browser.Location.ToString());
        Assert.Equal("unrestricted", await scene.LevelAsync());
        object lowering = sdk is Sdk.Python or Sdk.Ruby
            ? new { permissions = new[] { new { calendar_id = scene.CalendarId, permission_level = "sandbox" } } }
            : scene.Raise("sandbox");
        RawAnswer lowered = await caller.SendAsync("POST", "/v1/permissions", lowering);
        Assert.Equal("""{"permissions_request":{"accepted":true}}""", lowered.Expect(200).Body);
    }

    /// <summary>Node has no method for it. The uid stands in the path as it is.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section78Participation_AnsweredByALibrary_Is202WithAnEmptyBody(Sdk sdk)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        SdkCaller caller = CallerOf(scene, sdk);
        string path = $"{scene.Events}/{await scene.UidAsync("Meeting")}/participation_status";

        foreach (string status in new[] { "tentative", "accepted", "declined" })
        {
            Assert.Equal("", (await caller.SendAsync("POST", path, new { status })).Expect(202).Body);
            Assert.Equal(status, (await scene.EventAsync("Meeting")).GetProperty("participation_status").GetString());
        }

        JsonElement refused = (await caller.SendAsync("POST", path, new { status = "needs_action" })).Expect(422).Json;
        Assert.Equal("errors.not_recognized", refused.GetProperty("errors").GetProperty("status")[0].GetProperty("key").GetString());
    }

    /// <summary>C# writes its times as objects; all name the event to delete in the body of the DELETE.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section73ExternalEvent_ChangedAndDeletedByItsUid_Is202WithAnEmptyBody(Sdk sdk)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        await scene.AllowAsync();
        SdkCaller caller = CallerOf(scene, sdk);
        string uid = await scene.UidAsync("Plain");

        RawAnswer changed = await caller.SendAsync("POST", scene.Events, new
        {
            event_uid = uid,
            summary = "Changed",
            start = caller.EventTime(Day(3), "09:00"),
            end = caller.EventTime(Day(3), "10:00"),
        });

        Assert.Equal("", changed.Expect(202).Body);
        Assert.Equal(At(3, "09:00"), (await scene.EventAsync("Changed")).GetProperty("start").GetString());
        Assert.Equal("", (await caller.SendAsync("DELETE", scene.Events, new { event_uid = uid })).Expect(202).Body);
        Assert.DoesNotContain(await scene.ReadAsync(), e => e.GetProperty("event_uid").GetString() == uid);
    }

    /// <summary>C# takes the calendar from its key; Python reads the first fault of the name without looking whether it is there.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section62Calendar_MadeOrRefusedByItsName_IsAnsweredWhereALibraryLooks(Sdk sdk)
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        SdkCaller caller = CallerOf(scene, sdk);
        string profileId = (await caller.GetAsync("/v1/profiles")).Expect(200).Json.GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        object body = sdk is Sdk.Python
            ? new { profile_id = profileId, name = "On/call" }
            : new { profile_id = profileId, name = "On/call", color = "#49BED8" };

        JsonElement made = (await caller.SendAsync("POST", "/v1/calendars", body)).Expect(200).Json.GetProperty("calendar");
        Assert.Equal("On/call", made.GetProperty("calendar_name").GetString());
        Assert.All(
            ["calendar_readonly", "calendar_deleted"],
            name => Assert.False(made.GetProperty(name).GetBoolean()));
        Assert.Equal(profileId, made.GetProperty("profile_id").GetString());

        host.Provider.FailNext(ProviderCallKind.CreateCalendar, ProviderFaultKind.Conflict);
        JsonElement refused = (await caller.SendAsync("POST", "/v1/calendars", body)).Expect(422).Json;
        Assert.Equal("errors.duplicate_calendar_name", refused.GetProperty("errors").GetProperty("name")[0].GetProperty("key").GetString());
    }

    /// <summary>Node and PHP alone have the latter two; who does not offer them answers all as JSON that says why.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section5OthersCalendars_AskedForByALibrary_AreRefusedInJson(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string profileId = (await caller.GetAsync("/v1/profiles")).Expect(200).Json.GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;
        object room = sdk is Sdk.Python
            ? new { email = "room@example.com", scope = "read_write", callback_url = "https://app.example.com/x" }
            : new { email = "room@example.com", scope = "read_write", callback_url = "https://app.example.com/x", state = "a/b" };

        Assert.Equal("service_accounts_not_supported", Error(await caller.SendAsync("POST", "/v1/service_account_authorizations", room)));
        Assert.Equal(
            "service_accounts_not_supported",
            Error(await caller.SendAsync("POST", "/v1/service_account_authorizations", new { service_account_authorizations = new[] { room } })));
        Assert.Equal("service_accounts_not_supported", Error(await caller.GetAsync("/v1/resources")));
        Assert.Equal(
            "delegated_access_not_supported",
            Error(await caller.SendAsync("POST", "/v1/delegated_authorizations", new
            {
                profile_id = profileId,
                email = "room@example.com",
                callback_url = "https://app.example.com/x",
                scope = "read_write",
                state = "x",
            })));
        Assert.Equal(
            """{"accessible_calendars":[]}""",
            (await caller.GetAsync($"/v1/accessible_calendars?profile_id={profileId}")).Expect(200).Body);
    }

    /// <summary>Two libraries read an answer's JSON before they look at its status.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section13Call_OfWhatIsNotServed_IsA404InJson(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        foreach ((string method, string path) in new[]
        {
            ("POST", "/v1/conferencing_service_authorizations"), ("POST", "/v1/real_time_scheduling"),
            ("POST", "/v1/smart_invites"), ("DELETE", "/v1/smart_invites/"),
        })
        {
            RawAnswer answer = await caller.SendAsync(method, path, new { redirect_uri = "https://app.example.com/x" });
            Assert.Equal("not_found", answer.Expect(404).Json.GetProperty("error").GetString());
            Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        }
    }

    /// <summary>With an access token, and times as each library writes them; one has a space in them, one a slash behind the path.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Availability_AsEachLibraryAsks_IsAnswered(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string sub = (await caller.GetAsync("/v1/userinfo")).Expect(200).Json.GetProperty("sub").GetString()!;
        string between = sdk is Sdk.CSharp ? " " : "T";
        (string start, string end) = ($"{Days.Day(2)}{between}09:00:00Z", $"{Days.Day(2)}{between}12:00:00Z");
        (await caller.SendAsync("POST", "/v1/available_periods", new { available_period_id = "p", start, end })).Expect(202);

        RawAnswer answer = await caller.SendAsync("POST", "/v1/availability", new
        {
            participants = new[] { new { members = new[] { new { sub, managed_availability = true } }, required = "all" } },
            required_duration = new { minutes = 60 },
            available_periods = new[] { new { start, end } },
            buffer = new { },
        });

        Assert.Equal(
            $"{{\"available_periods\":[{{\"start\":\"{Days.At(2, "09:00")}\",\"end\":\"{Days.At(2, "12:00")}\",\"participants\":[{{\"sub\":\"{sub}\"}}]}}]}}",
            answer.Expect(200).Body);
        (await caller.SendAsync("DELETE", "/v1/available_periods/", new { available_period_id = "p" })).Expect(202);
    }

    private SdkCaller CallerOf(ExternalScene scene, Sdk sdk) =>
        new(host, sdk, scene.Application) { AccessToken = scene.Caller.AccessToken };

    private static string Error(RawAnswer answer) => answer.Expect(403).Json.GetProperty("error").GetString()!;
}
