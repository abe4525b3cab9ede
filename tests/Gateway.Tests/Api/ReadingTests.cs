using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class ReadingTests(GatewayHost host)
{
    [Fact]
    public async Task Event_WhenWritten_IsReadBackInFull()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string calendarId = await caller.CalendarIdAsync();
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{calendarId}/events", new
        {
            event_id = "e1",
            summary = "Größe & <b>",
            description = "Zeile 1\nZeile 2",
            start = At(3, "09:00"),
            end = At(3, "10:00"),
            tzid = "Europe/Paris",
            location = new { description = "Room", lat = "48.8583", @long = "2.2945" },
            transparency = "transparent",
            event_private = true,
        });

        JsonElement read = Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true&include_geo=true", "events"));

        Assert.Equal("e1", read.GetProperty("event_id").GetString());
        Assert.StartsWith("evt_external_", read.GetProperty("event_uid").GetString(), StringComparison.Ordinal);
        Assert.Equal(calendarId, read.GetProperty("calendar_id").GetString());
        Assert.Equal("Größe & <b>", read.GetProperty("summary").GetString());
        Assert.Equal("Zeile 1\nZeile 2", read.GetProperty("description").GetString());
        Assert.Equal(At(3, "09:00"), read.GetProperty("start").GetString());
        Assert.Equal("""{"description":"Room","lat":"48.8583","long":"2.2945"}""", read.GetProperty("location").GetRawText());
        Assert.Equal("transparent", read.GetProperty("transparency").GetString());
        Assert.Equal("transparent", read.GetProperty("extended_transparency").GetString());
        Assert.Equal("confirmed", read.GetProperty("status").GetString());
        Assert.Equal("unknown", read.GetProperty("participation_status").GetString());
        Assert.True(read.GetProperty("event_private").GetBoolean());
        Assert.False(read.GetProperty("recurring").GetBoolean());
        Assert.False(read.TryGetProperty("series_identifier", out _));
        Assert.Equal(
            """{"delete":true,"update":true,"change_participation_status":false}""", read.GetProperty("options").GetRawText());
    }

    [Fact]
    public async Task Managed_WhenNotAskedFor_IsNotListed()
    {
        ApiCaller caller = await WithEventsAsync(1);

        Assert.Empty(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC", "events"));
        Assert.Empty(await caller.GetAllAsync("/v1/free_busy?tzid=Etc/UTC", "free_busy"));
        Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=1", "events"));
        Assert.Single(await caller.GetAllAsync("/v1/free_busy?tzid=Etc/UTC&include_managed=True", "free_busy"));
    }

    [Fact]
    public async Task Geo_WhenNotAskedFor_IsNotShown()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", new
        {
            event_id = "e1",
            summary = "x",
            start = At(1, "09:00"),
            end = At(1, "10:00"),
            location = new { description = "Room", lat = "1", @long = "2" },
        });

        JsonElement read = Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true&include_geo=False", "events"));
        Assert.Equal("""{"description":"Room"}""", read.GetProperty("location").GetRawText());
    }

    [Fact]
    public async Task Times_WhenLocalized_HaveTheirZonesOffset()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "zoned", summary = "x", start = At(1, "09:00"), end = At(1, "10:00"), tzid = "Asia/Tokyo" });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "utc", summary = "x", start = At(2, "09:00"), end = At(2, "10:00") });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "day", summary = "x", start = Day(4), end = Day(6) });

        Dictionary<string, string> starts = (await caller.GetAllAsync(
                "/v1/events?tzid=Europe/Paris&only_managed=true&localized_times=true", "events"))
            .ToDictionary(e => e.GetProperty("event_id").GetString()!, e => e.GetProperty("start").GetRawText());

        Assert.Equal($$"""{"time":"{{Day(1)}}T18:00:00+09:00","tzid":"Asia/Tokyo"}""", starts["zoned"]);
        Assert.Equal($$"""{"time":"{{Day(2)}}T09:00:00Z","tzid":"Etc/UTC"}""", starts["utc"]);
        Assert.Equal($$"""{"time":"{{Day(4)}}","tzid":"Europe/Paris"}""", starts["day"]);
        JsonElement busy = Assert.Single(await caller.GetAllAsync(
            $"/v1/free_busy?tzid=Asia/Tokyo&include_managed=true&localized_times=true&from={Day(2)}&to={Day(3)}", "free_busy"));
        Assert.Equal($$"""{"time":"{{Day(2)}}T18:00:00+09:00","tzid":"Asia/Tokyo"}""", busy.GetProperty("start").GetRawText());
    }

    [Fact]
    public async Task Pages_WhenFollowed_HoldEverythingOnceInOrder()
    {
        ApiCaller caller = await WithInstancesAsync(101, 104);

        foreach ((string path, string key) in new[] { ("events", "events"), ("free_busy", "free_busy") })
        {
            string first = $"/v1/{path}?tzid=Etc/UTC&include_managed=true&include_ids=true";
            Assert.Equal(3, (await caller.GetAsync(first)).GetProperty("pages").GetProperty("total").GetInt32());
            List<JsonElement> all = await caller.GetAllAsync(first, key);
            Assert.Equal(205, all.Select(e => e.GetProperty("event_uid").GetString()).Distinct().Count());
            string[] starts = [.. all.Select(e => e.GetProperty("start").GetString()!)];
            Assert.Equal(starts.Order(StringComparer.Ordinal), starts);
        }
    }

    [Fact]
    public async Task PageLink_WhenForeignTamperedOrOfAnotherKind_IsNotFound()
    {
        ApiCaller caller = await WithInstancesAsync(101);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);
        JsonElement page = await caller.GetAsync("/v1/events?tzid=Etc/UTC&only_managed=true");
        string link = page.GetProperty("pages").GetProperty("next_page").GetString()!;
        string cursor = link[(link.LastIndexOf('/') + 1)..];

        Assert.StartsWith($"{host.Address}v1/events/pages/", link, StringComparison.Ordinal);
        Assert.Single((await caller.GetAsync(link + "?tzid=Mars&from=never&calendar_ids[]=x")).GetProperty("events").EnumerateArray());
        Assert.Single((await caller.GetAsync(link + "/")).GetProperty("events").EnumerateArray());
        Assert.Equal(404, (await stranger.TryAsync(HttpMethod.Get, link)).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, $"/v1/free_busy/pages/{cursor}")).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, link[..^1] + (link[^1] == 'A' ? 'Q' : 'A'))).Status);
        Assert.Equal(404, (await caller.TryAsync(HttpMethod.Get, "/v1/events/pages/0123456789abcdef01234567")).Status);
    }

    [Fact]
    public async Task PageLink_WhenEventsComeBetween_LosesNothing()
    {
        ApiCaller caller = await WithInstancesAsync(101);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        JsonElement page = await caller.GetAsync("/v1/events?tzid=Etc/UTC&only_managed=true");
        await caller.WriteAsync(HttpMethod.Post, path, Daily("late", firstDay: 101, count: 100));

        List<JsonElement> rest = await caller.GetAllAsync(page.GetProperty("pages").GetProperty("next_page").GetString()!, "events");
        Assert.Equal(101, rest.Count);
    }

    [Fact]
    public async Task PageLink_WhenTheScopeIsNarrower_IsRefused()
    {
        ApiCaller caller = await WithInstancesAsync(101);
        string link = (await caller.GetAsync("/v1/events?tzid=Etc/UTC&include_managed=true"))
            .GetProperty("pages").GetProperty("next_page").GetString()!;

        Assert.Equal(403, (await (await caller.NarrowedAsync("free_busy")).TryAsync(HttpMethod.Get, link)).Status);
    }

    [Fact]
    public async Task Window_WhenGiven_HoldsWhatStartsBeforeItsEndAndEndsAfterItsStart()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "before", summary = "x", start = At(1, "09:00"), end = At(1, "10:00") });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "into", summary = "x", start = At(1, "23:00"), end = At(2, "01:00") });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "inside", summary = "x", start = At(2, "09:00"), end = At(2, "10:00") });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "day", summary = "x", start = Day(2), end = Day(3) });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "after", summary = "x", start = At(3, "00:00"), end = At(3, "10:00") });
        await caller.WriteAsync(HttpMethod.Post, path, new { event_id = "long-past", summary = "x", start = At(-400, "00:00"), end = At(-400, "10:00") });

        Assert.Equal(["day", "inside", "into"], await IdsAsync($"&from={Day(2)}&to={Day(3)}"));
        Assert.Equal(["day", "inside", "into"], await IdsAsync($"&from={At(2, "08:00")}&to={At(3, "23:00")}"));
        Assert.Equal(["after", "before", "day", "inside", "into", "long-past"], await IdsAsync(""));
        Assert.Equal(["after", "before", "day", "inside", "into"], await IdsAsync("&from=1999-01-01&to=2199-01-01"));
        Assert.Equal([], await IdsAsync("&from=2150-01-01"));

        async Task<IEnumerable<string?>> IdsAsync(string window) =>
            (await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true" + window, "events"))
            .Select(e => e.GetProperty("event_id").GetString()).Order(StringComparer.Ordinal).ToArray();
    }

    [Fact]
    public async Task FreeBusy_WhenEventsDiffer_SaysHowTheyTakeTime()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        string[] kinds = ["opaque", "transparent", "working_elsewhere", "tentative", "out_of_office"];
        for (int i = 0; i < kinds.Length; i++)
        {
            await caller.WriteAsync(HttpMethod.Post, path, new
            {
                event_id = kinds[i],
                summary = "secret",
                start = At(i + 1, "09:00"),
                end = At(i + 1, "10:00"),
                extended_transparency = kinds[i],
            });
        }

        const string Path = "/v1/free_busy?tzid=Etc/UTC&include_managed=true";
        Assert.Equal(["busy", "tentative", "busy"], (await caller.GetAllAsync(Path, "free_busy")).Select(Status));
        List<JsonElement> all = await caller.GetAllAsync(Path + "&include_free=true&include_ids=true", "free_busy");
        Assert.Equal(["busy", "free", "free", "tentative", "busy"], all.Select(Status));
        Assert.Equal(kinds, all.Select(e => e.GetProperty("event_id").GetString()));
        Assert.DoesNotContain(all, e => e.GetRawText().Contains("secret", StringComparison.Ordinal));
        Assert.Equal(
            ["calendar_id", "start", "end", "free_busy_status"],
            (await caller.GetAllAsync(Path, "free_busy"))[0].EnumerateObject().Select(p => p.Name));

        static string? Status(JsonElement entry) => entry.GetProperty("free_busy_status").GetString();
    }

    [Fact]
    public async Task Deleted_WhenAskedFor_IsATombstoneThatLastModifiedFinds()
    {
        ApiCaller caller = await WithEventsAsync(2);
        string since = TimeProvider.System.GetUtcNow().AddSeconds(-30).ToString("yyyy-MM-dd HH:mm:ssZ").Replace(" ", "%20", StringComparison.Ordinal);
        await caller.WriteAsync(HttpMethod.Delete, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", new { event_id = "e0" });

        Assert.Single(await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&only_managed=true", "events"));
        List<JsonElement> all = await caller.GetAllAsync($"/v1/events?tzid=Etc/UTC&only_managed=true&include_deleted=true&last_modified={since}", "events");
        JsonElement gone = Assert.Single(all, e => e.GetProperty("deleted").GetBoolean());
        Assert.Equal("e0", gone.GetProperty("event_id").GetString());
        Assert.Equal("""{"delete":false,"update":false,"change_participation_status":false}""", gone.GetProperty("options").GetRawText());
        string later = TimeProvider.System.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ");
        Assert.Empty(await caller.GetAllAsync($"/v1/events?tzid=Etc/UTC&only_managed=true&include_deleted=true&last_modified={later}", "events"));
    }

    [Fact]
    public async Task Series_WhenWritten_IsListedInstanceByInstance()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        await caller.WriteAsync(HttpMethod.Post, $"/v1/calendars/{await caller.CalendarIdAsync()}/events", new
        {
            event_id = "weekly",
            summary = "x",
            start = At(1, "09:00"),
            end = At(1, "10:00"),
            recurrence = new { rules = new[] { new { frequency = "weekly", count = 4 } } },
        });

        List<JsonElement> all = await caller.GetAllAsync("/v1/events?tzid=Etc/UTC&include_managed=true", "events");
        Assert.Equal([At(1, "09:00"), At(8, "09:00"), At(15, "09:00"), At(22, "09:00")], all.Select(e => e.GetProperty("start").GetString()));
        Assert.All(all, e => Assert.True(e.GetProperty("recurring").GetBoolean()));
        Assert.Single(all.Select(e => e.GetProperty("series_identifier").GetString()).Distinct());
    }

    [Fact]
    public async Task Parameters_WhenWrong_AreNamedAndTheTokenComesFirst()
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        (int status, string[] errors) = await caller.TryAsync(HttpMethod.Get, "/v1/events?from=x&include_deleted=maybe");
        Assert.Equal(422, status);
        Assert.Equal(["tzid errors.required", "from errors.must_be_date", "include_deleted errors.must_be_boolean"], errors);
        Assert.Equal(
            ["calendar_ids errors.invalid_calendar_ids"],
            (await caller.TryAsync(HttpMethod.Get, "/v1/events?tzid=Etc/UTC&calendar_ids[]=cal_0_1")).Errors);
        using HttpResponseMessage unauthorized = await host.Http.GetAsync("/v1/events?from=x");
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
    }

    private async Task<ApiCaller> WithEventsAsync(int count)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        for (int i = 0; i < count; i++)
        {
            await caller.WriteAsync(HttpMethod.Post, path, new { event_id = $"e{i}", summary = "x", start = At(1 + i, "09:00"), end = At(1 + i, "10:00") });
        }

        return caller;
    }

    /// <summary>Many happenings by few writes, which the application's budget would hold up.</summary>
    private async Task<ApiCaller> WithInstancesAsync(params int[] counts)
    {
        ApiCaller caller = await ApiCaller.OpenAsync(host);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        for (int i = 0; i < counts.Length; i++)
        {
            await caller.WriteAsync(HttpMethod.Post, path, Daily($"series-{i}", firstDay: 1, counts[i]));
        }

        return caller;
    }

    private static object Daily(string eventId, int firstDay, int count) => new
    {
        event_id = eventId,
        summary = eventId,
        start = At(firstDay, "09:00"),
        end = At(firstDay, "10:00"),
        recurrence = new { rules = new[] { new { frequency = "daily", count } } },
    };
}
