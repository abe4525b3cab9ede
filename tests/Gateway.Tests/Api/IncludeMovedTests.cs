using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Providers;
using NodaTime;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class IncludeMovedTests(GatewayHost host)
{
    private static int _logins;

    private static string Week => $"/v1/events?tzid=Etc/UTC&include_managed=true&from={Day(1)}&to={Day(8)}";

    [Fact]
    public async Task Event_ThatMovedOutOfTheWindow_IsListedWhereItIsNow()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "moved");
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        await caller.WriteAsync(HttpMethod.Post, events, Event("stays", 3));
        await caller.WriteAsync(HttpMethod.Post, events, Event("moves", 3));
        await caller.WriteAsync(HttpMethod.Post, events, Event("never", 20));
        host.Time.Shift = TimeSpan.FromSeconds(10);
        try
        {
            await caller.WriteAsync(HttpMethod.Post, events, Event("moves", 30));
            await caller.WriteAsync(HttpMethod.Post, events, Event("never", 21));
        }
        finally
        {
            host.Time.Shift = TimeSpan.Zero;
        }

        Assert.Equal(["stays"], await IdsAsync(caller, Week));
        Assert.Equal(["stays"], await IdsAsync(caller, Week + "&include_moved=false"));
        Assert.Equal(["moves", "stays"], await IdsAsync(caller, Week + "&include_moved=True"));
        JsonElement moved = (await caller.GetAllAsync(Week + "&include_moved=true", "events")).Single(e => Id(e) == "moves");
        Assert.Equal(At(30, "09:00"), moved.GetProperty("start").GetString());
        Assert.Empty(await IdsAsync(caller, Week + "&include_moved=true&last_modified=2100-01-01T00:00:00Z"));
        Assert.Equal(["moves"], await IdsAsync(
            caller, Week + $"&include_moved=true&last_modified={moved.GetProperty("updated").GetString()}&only_managed=true"));

        await caller.WriteAsync(HttpMethod.Post, events, Event("moves", 4));
        Assert.Equal(["moves", "stays"], await IdsAsync(caller, Week + "&include_moved=true"));
        await caller.WriteAsync(HttpMethod.Post, events, Event("moves", 31));
        await caller.WriteAsync(HttpMethod.Delete, events, new { event_id = "moves" });
        Assert.Equal(["stays"], await IdsAsync(caller, Week + "&include_moved=true"));
        Assert.Equal(["moves", "stays"], await IdsAsync(caller, Week + "&include_moved=true&include_deleted=true"));
        Assert.Equal(["stays"], await IdsAsync(caller, Week + "&include_deleted=true"));
        Assert.Equal(
            ["include_moved errors.must_be_boolean"], (await caller.TryAsync(HttpMethod.Get, Week + "&include_moved=yes")).Errors);
    }

    [Fact]
    public async Task Pages_OfMovedEvents_ListEachOnce()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host, "paged moves");
        string events = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        foreach (int day in new[] { 3, 40 })
        {
            for (int i = 0; i < 130; i++)
            {
                await caller.WriteAsync(HttpMethod.Post, events, Event($"{i:D3}", day));
            }
        }

        Assert.Empty(await IdsAsync(caller, Week));
        Assert.Equal(130, (await IdsAsync(caller, Week + "&include_moved=true")).Distinct().Count());
        Assert.Equal(130, (await caller.GetAllAsync(Week + "&include_moved=true", "events")).Count);
    }

    [Fact]
    public async Task ExternalEvent_ThatMovedOutOfAllThatIsKept_IsListedToo()
    {
        string userName = $"mover{Interlocked.Increment(ref _logins)}@example.test";
        InMemoryCalendar remote = host.AddLogin(userName);
        ProviderItem there = remote.Put(External(3));
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        await Eventually.HoldsAsync(async () => (await IdsAsync(caller, Week)).Length == 1);
        remote.Put(External(900), there.Id);
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", Event("pulls", 20));
        await Eventually.HoldsAsync(async () => (await IdsAsync(caller, Week)).Length == 0);

        JsonElement moved = Assert.Single(await caller.GetAllAsync(Week + "&include_moved=true", "events"));
        Assert.Equal(At(900, "09:00"), moved.GetProperty("start").GetString());
        Assert.Empty(await caller.GetAllAsync("/v1/free_busy?tzid=Etc/UTC", "free_busy"));
        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC", "events"));
    }

    private static CalendarObject External(int day)
    {
        LocalDateTime start = LocalDateTime.FromDateTime(Today.UtcDateTime.Date).PlusDays(day).PlusHours(9);
        return new CalendarObject
        {
            Uid = "external",
            Master = new EventDefinition(CalendarTime.Utc(start), CalendarTime.Utc(start.PlusHours(1)), EventContent.Empty),
        };
    }

    private static object Event(string id, int day) =>
        new { event_id = id, summary = id, start = At(day, "09:00"), end = At(day, "10:00") };

    private static string Id(JsonElement entry) => entry.TryGetProperty("event_id", out JsonElement id) ? id.GetString()! : "";

    private static async Task<string[]> IdsAsync(ApiCaller caller, string path) =>
        [.. (await caller.GetAllAsync(path, "events")).Select(Id).Order(StringComparer.Ordinal)];
}
