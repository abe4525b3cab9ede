using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class BulkDeleteTests(GatewayHost host)
{
    private static int _logins;

    [Theory]
    [InlineData("", "{\"delete_all\":true}")]
    [InlineData("?delete_all=True", "{}")]
    [InlineData("?delete_all=1", "")]
    [InlineData("?calendar_ids[]=ONE&calendar_ids%5B%5D=TWO", "{}")]
    [InlineData("?delete_all=False", "{\"delete_all\":true}")]
    [InlineData("", "{\"calendar_ids\":[\"ONE\",\"TWO\",\"ONE\"]}")]
    [InlineData("", "{\"calendar_ids\":[\"ONE\",\"TWO\"],\"delete_all\":null}")]
    public async Task BulkDelete_HoweverItIsSaid_DeletesTheApplicationsOwnEventsAndNoOthers(string query, string body)
    {
        (ApiCaller caller, InMemoryCalendar[] remotes, string[] calendars) = await TwoCalendarsAsync();
        ApiCaller other = await ApiCaller.GrantAsync(host, userName: remotes[0].Owner);
        await other.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendars[0]}/events", Event("others"));
        foreach (string calendar in calendars)
        {
            await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendar}/events", Event("e"));
        }

        string Filled(string text) => text.Replace("ONE", calendars[0], StringComparison.Ordinal)
            .Replace("TWO", calendars[1], StringComparison.Ordinal);
        await caller.WriteAsync(HttpMethod.Delete, "/v1/events" + Filled(query), Filled(body));

        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        Assert.Equal(
            2, (await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true&include_deleted=true", "events"))
                .Count(e => e.GetProperty("deleted").GetBoolean()));
        await Eventually.HoldsAsync(() => Task.FromResult(
            remotes.SelectMany(r => r.Items.Values).Select(i => i.Object.Master!.Content.Summary).SequenceEqual(["others"])));
        Assert.Single(await other.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
    }

    [Fact]
    public async Task BulkDelete_OfOneCalendar_LeavesTheOther()
    {
        (ApiCaller caller, _, string[] calendars) = await TwoCalendarsAsync();
        foreach (string calendar in calendars)
        {
            await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendar}/events", Event("e"));
        }

        await caller.WriteAsync(HttpMethod.Delete, "/v1/events", new { calendar_ids = new[] { calendars[1] } });

        Assert.Equal(
            calendars[0],
            Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events")).GetProperty("calendar_id").GetString());
    }

    [Fact]
    public async Task BulkDelete_OnAnApplicationCalendar_IsDoneAtOnce()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "cleared");
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        foreach (string id in new[] { "a", "b", "c" })
        {
            await caller.WriteAsync(HttpMethod.Post, events, Event(id));
        }

        await caller.WriteAsync(HttpMethod.Delete, "/v1/events", new { delete_all = true });
        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        await caller.WriteAsync(HttpMethod.Delete, "/v1/events", new { delete_all = true });
        await caller.WriteAsync(HttpMethod.Post, events, Event("b"));
        Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
    }

    [Theory]
    [InlineData("", "{}", "delete_all errors.required")]
    [InlineData("", "[]", "delete_all errors.required")]
    [InlineData("", "", "delete_all errors.required")]
    [InlineData("?delete_all=", "{}", "delete_all errors.required")]
    [InlineData("", "{\"delete_all\":true,\"calendar_ids\":[\"ONE\"]}", "delete_all errors.required")]
    [InlineData("?calendar_ids[]=ONE", "{\"delete_all\":true}", "delete_all errors.required")]
    [InlineData("", "{\"delete_all\":false}", "delete_all errors.must_be_boolean")]
    [InlineData("", "{\"delete_all\":\"true\"}", "delete_all errors.must_be_boolean")]
    [InlineData("", "{\"delete_all\":1}", "delete_all errors.must_be_boolean")]
    [InlineData("?delete_all=maybe", "{}", "delete_all errors.must_be_boolean")]
    [InlineData("?delete_all=False", "{}", "delete_all errors.must_be_boolean")]
    [InlineData("", "{\"calendar_ids\":[]}", "calendar_ids errors.required")]
    [InlineData("", "{\"calendar_ids\":\"ONE\"}", "calendar_ids errors.must_be_array")]
    [InlineData("", "{\"calendar_ids\":[7]}", "calendar_ids[0] errors.must_be_string")]
    [InlineData("", "{\"calendar_ids\":[null]}", "calendar_ids[0] errors.required")]
    [InlineData("", "{\"calendar_ids\":[\"ONE\",\"cal_0_0\"]}", "calendar_ids errors.invalid_calendar_ids")]
    [InlineData("", "{\"calendar_ids\":[\"ONE\",\"FOREIGN\"]}", "calendar_ids errors.invalid_calendar_ids")]
    [InlineData("?calendar_ids[]=cal_0_0", "{}", "calendar_ids errors.invalid_calendar_ids")]
    [InlineData("", "{\"calendar_ids\":[MANY]}", "calendar_ids errors.too_many")]
    [InlineData("", "{\"calendar_ids\":[\"HUGE\"]}", "calendar_ids[0] errors.too_long")]
    public async Task BulkDelete_ThatIsNone_DeletesNothing(string query, string body, string error)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        string calendar = await caller.CalendarIdAsync();
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendar}/events", Event("e"));
        string foreign = await stranger.CalendarIdAsync();
        string Filled(string text) => text.Replace("ONE", calendar, StringComparison.Ordinal)
            .Replace("FOREIGN", foreign, StringComparison.Ordinal)
            .Replace("MANY", string.Join(',', Enumerable.Repeat("\"x\"", 501)), StringComparison.Ordinal)
            .Replace("HUGE", new string('x', 10_000), StringComparison.Ordinal);

        Assert.Equal([error], (await caller.TryAsync(HttpMethod.Delete, "/v1/events" + Filled(query), Filled(body))).Errors);
        Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
    }

    [Fact]
    public async Task BulkDelete_WhenALoginDoesNotWork_Is423AndNothingIsDeleted()
    {
        (ApiCaller caller, InMemoryCalendar[] remotes, string[] calendars) = await TwoCalendarsAsync();
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendars[0]}/events", Event("e"));
        await Eventually.HoldsAsync(() => Task.FromResult(remotes[0].Items.Count == 1));
        host.Provider.SetPassword(remotes[0].Owner, "changed");
        await Eventually.HoldsAsync(async () =>
        {
            await caller.TryAsync(HttpMethod.Post, $"/v1/calendars/{calendars[1]}/events", Event("f"));
            return !(await caller.GetAsync("/v1/profiles")).GetProperty("profiles")[0].GetProperty("profile_connected").GetBoolean();
        });

        Assert.Equal(423, (await caller.TryAsync(HttpMethod.Delete, "/v1/events", new { delete_all = true })).Status);
        Assert.NotEmpty(await caller.GetAllAsync($"/v1/events?tzid=Etc/UTC&only_managed=true&calendar_ids[]={calendars[0]}", "events"));
    }

    [Fact]
    public async Task BulkDelete_WhenOneOfTwoLoginsDoesNotWork_LeavesWhatTheOtherHas()
    {
        string[] users = [$"bulk{Interlocked.Increment(ref _logins)}@example.test", $"bulk{Interlocked.Increment(ref _logins)}@example.test"];
        InMemoryCalendar[] remotes = [.. users.Select(host.AddLogin)];
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.AllowAsync(application, userName: users[0]);
        await browser.BeginAsync(application);
        await browser.ConnectAsync(users[1]);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        using HttpResponseMessage tokens = await host.TokenAsync(
            application, ("grant_type", "authorization_code"), ("code", browser.Answer("code")!), ("redirect_uri", application.RedirectUri));
        ApiCaller caller = new(host, application, await ApiCaller.ReadAsync(tokens));
        string[] calendars = [.. (await caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray()
            .Where(c => !c.GetProperty("calendar_readonly").GetBoolean())
            .OrderBy(c => c.GetProperty("profile_name").GetString(), StringComparer.Ordinal)
            .Select(c => c.GetProperty("calendar_id").GetString()!)];
        Assert.Equal(2, calendars.Length);
        foreach (string calendar in calendars)
        {
            await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendar}/events", Event("e"));
        }

        await Eventually.HoldsAsync(() => Task.FromResult(remotes.All(r => r.Items.Count == 1)));
        host.Provider.SetPassword(users[1], "changed");
        await Eventually.HoldsAsync(async () =>
        {
            await caller.TryAsync(HttpMethod.Post, $"/v1/calendars/{calendars[1]}/events", Event("f"));
            return (await caller.GetAsync("/v1/profiles")).GetProperty("profiles").EnumerateArray()
                .Any(p => !p.GetProperty("profile_connected").GetBoolean());
        });

        Assert.Equal(423, (await caller.TryAsync(HttpMethod.Delete, "/v1/events", new { delete_all = true })).Status);
        Assert.Contains(
            await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"),
            e => e.GetProperty("calendar_id").GetString() == calendars[0]);
        await caller.WriteAsync(HttpMethod.Delete, "/v1/events", new { calendar_ids = new[] { calendars[0] } });
        Assert.DoesNotContain(
            await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"),
            e => e.GetProperty("calendar_id").GetString() == calendars[0]);
    }

    [Fact]
    public async Task BulkDelete_WithoutTheScope_Is403() => Assert.Equal(
        403,
        (await (await (await ApiCaller.OpenAsync(host)).NarrowedAsync("create_event"))
            .TryAsync(HttpMethod.Delete, "/v1/events", new { delete_all = true })).Status);

    private async Task<(ApiCaller Caller, InMemoryCalendar[] Remotes, string[] Calendars)> TwoCalendarsAsync()
    {
        string userName = $"bulk{Interlocked.Increment(ref _logins)}@example.test";
        InMemoryCalendar[] remotes = [host.AddLogin(userName), host.Provider.AddCalendar(userName, "Second")];
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        string[] calendars = [.. (await caller.GetAsync("/v1/calendars")).GetProperty("calendars").EnumerateArray()
            .Where(c => !c.GetProperty("calendar_readonly").GetBoolean())
            .OrderBy(c => c.GetProperty("calendar_name").GetString() == "Home" ? 0 : 1)
            .Select(c => c.GetProperty("calendar_id").GetString()!)];
        Assert.Equal(2, calendars.Length);
        return (caller, remotes, calendars);
    }

    private static object Event(string id) => new { event_id = id, summary = id, start = Day(1), end = Day(2) };
}
