using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Authorization;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.Gateway.Tests.Pages;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

/// <summary>The vendor's own element, as published, on a page of an application, in a real browser: it shows our slots.</summary>
[Collection(OneGateway.Name)]
public sealed class SlotPickerTests(GatewayHost host)
{
    private const string Element = "cronofy-elements/dist/CronofyElements.js";

    [FactNeeding("chromium", "node")]
    public async Task SlotPicker_WhenItAsksUs_ShowsTheSlotsThatAreFree()
    {
        AvailabilityScene scene = await AvailabilityScene.OpenAsync(host, rooms: 2);
        await scene.TakeAsync("10:00", "11:00", room: 1);
        string origin = $"http://127.0.0.1:{RunningNode.FreePort()}";
        string token = await TokenAsync(scene.Application, origin, [scene.Sub(), scene.Sub(1)], []);
        string query = $$"""
            participants: [{ required: "all", members: [{ sub: "{{scene.Sub()}}" }, { sub: "{{scene.Sub(1)}}" }] }],
            required_duration: { minutes: 60 },
            start_interval: { minutes: 60 },
            query_periods: [{ start: "{{At(2, "09:00")}}", end: "{{At(2, "12:00")}}" }],
            """;
        await using Chromium chromium = await Chromium.StartAsync(1280, 1400, hasScript: true, "light");
        IPage page = chromium.Page;
        await using WebApplication application = await ServeAsync(origin, Page(token, query));

        await page.GotoAsync(origin + "/");
        await page.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.GetByText("09:00 - 10:00").WaitForAsync();
        await chromium.ShootAsync("slot-picker");

        string text = await page.Locator("#picker").InnerTextAsync();
        Assert.Contains("11:00 - 12:00", text, StringComparison.Ordinal);
        Assert.DoesNotContain("10:00 - 11:00", text, StringComparison.Ordinal);
        Assert.Contains(chromium.Asked, url => url.StartsWith(host.Address.ToString() + "v1/availability?et=", StringComparison.Ordinal));
    }

    [FactNeeding("chromium", "node")]
    public async Task SlotPicker_WhenItAsksForBookableEvents_ShowsThoseWithPlacesLeft()
    {
        TestApplication owner = await host.RegisterAsync();
        await MakeAsync(owner, "morning", "09:00", "10:00", "confirmed");
        await MakeAsync(owner, "noon", "12:00", "13:00", "cancelled");
        string origin = $"http://127.0.0.1:{RunningNode.FreePort()}";
        string token = await TokenAsync(owner, origin, [], ["morning", "noon"]);
        await using Chromium chromium = await Chromium.StartAsync(1280, 1400, hasScript: true, "light");
        IPage page = chromium.Page;
        await using WebApplication application = await ServeAsync(origin, Page(
            token, """bookable_events: [{ bookable_event_id: "morning" }, { bookable_event_id: "noon" }],"""));

        await page.GotoAsync(origin + "/");
        await page.GetByRole(AriaRole.Button).First.ClickAsync();
        await page.GetByText("09:00 - 10:00").WaitForAsync();
        await chromium.ShootAsync("slot-picker-bookable-events");

        Assert.DoesNotContain("12:00 - 13:00", await page.Locator("#picker").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static string PathOfElement => Path.Combine(StrictClientTheoryAttribute.Folder, "node_modules", Element);

    // A page that the browser only made up would not be let to this machine.
    private static async Task<WebApplication> ServeAsync(string origin, string page)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(origin);
        WebApplication application = builder.Build();
        application.MapGet("/", () => Results.Content(page, "text/html"));
        application.MapGet("/elements.js", () => Results.File(PathOfElement, "text/javascript"));
        await application.StartAsync();
        return application;
    }

    private string Page(string token, string query) => $$"""
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Book</title><body><div id="picker"></div>
        <script src="/elements.js"></script>
        <script>
          CronofyElements.SlotPicker({
            element_token: "{{token}}",
            target_id: "picker",
            api_domain: "{{host.Address.ToString().TrimEnd('/')}}",
            tzid: "Etc/UTC",
            locale: "en-GB",
            availability_query: { {{query}} },
            config: { mode: "confirm" },
            callback: () => {},
          });
        </script></body></html>
        """;

    private async Task MakeAsync(TestApplication owner, string id, string start, string end, string status)
    {
        using HttpResponseMessage made = await SendAsync(owner, "/v1/bookable_events", new
        {
            bookable_event_id = id,
            start = At(2, start),
            end = At(2, end),
            status,
            registration = new { capacity = 3 },
        });
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    private async Task<string> TokenAsync(TestApplication owner, string origin, string[] subs, string[] events)
    {
        using HttpResponseMessage minted = await SendAsync(owner, "/v1/element_tokens", new
        {
            version = "1",
            permissions = new[] { "availability" },
            subs,
            bookable_event_ids = events,
            origin,
        });
        JsonElement answer = await ApiCaller.ReadAsync(minted);
        return answer.GetProperty("element_token").GetProperty("token").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(TestApplication owner, string path, object body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = ApiCaller.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owner.Secret);
        return host.Http.SendAsync(request);
    }
}
