using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.BookableEvents;

[Collection(OneGateway.Name)]
public sealed class OpenBookableEventTests(GatewayHost host)
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task Question_ForBookableEvents_OffersThoseThatTakePlaceAheadWithAPlaceLeft()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(2, id: "later", day: "2031-02-01");
        await application.RegisterAsync("bill", "accepted", id: "later");
        await application.RegisterAsync("ann", "declined", id: "later");
        await application.PutAsync(1, id: "full", day: "2031-01-01");
        await application.RegisterAsync("bill", "pending", id: "full");
        await application.PutAsync(null, id: "open", day: "2031-01-01");
        await application.PutAsync(null, "cancelled", id: "off", day: "2031-01-01");
        await application.PutAsync(null, id: "over", day: "2020-01-01");

        string answer = await AskAsync(application, ["later", "full", "open", "off", "over", "open"]);
        await application.RegisterAsync("bill", "removed", id: "full");
        string after = await AskAsync(application, ["full", "later"], most: 1);

        Assert.Equal(
            """200 {"available_bookable_events":[{"bookable_event_id":"open","start":"2031-01-01T10:00:00Z","end":"2031-01-01T11:00:00Z","registration":{"capacity":null,"registered_count":0}},{"bookable_event_id":"later","start":"2031-02-01T10:00:00Z","end":"2031-02-01T11:00:00Z","registration":{"capacity":2,"registered_count":1}}]}""",
            answer);
        Assert.Equal(
            """200 {"available_bookable_events":[{"bookable_event_id":"full","start":"2031-01-01T10:00:00Z","end":"2031-01-01T11:00:00Z","registration":{"capacity":1,"registered_count":0}}]}""",
            after);
    }

    [Fact]
    public async Task Question_ForBookableEventsOfAnotherApplication_Is422()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(1, id: "class", day: "2031-01-01");

        Assert.StartsWith(
            """422 {"errors":{"bookable_events":[{"key":"errors.not_recognized""",
            await AskAsync(await BookableEventScene.OpenAsync(host), ["class"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_WithAnElementToken_IsForTheEventsThatItNames()
    {
        BookableEventScene application = await BookableEventScene.OpenAsync(host);
        await application.PutAsync(1, id: "class", day: "2031-01-01");
        await application.PutAsync(1, id: "other", day: "2031-01-01");
        string naming = await MintAsync(application, ["class"]);

        Assert.StartsWith("200 {\"available_bookable_events\":[{\"bookable_event_id\":\"class\"", await AskAsync(application, naming, ["class"]), StringComparison.Ordinal);
        foreach (string refused in new[] { await AskAsync(application, naming, ["class", "other"]), await AskAsync(application, await MintAsync(application, []), ["other"]) })
        {
            Assert.StartsWith("422 ", refused, StringComparison.Ordinal);
            Assert.Contains("errors.not_recognized", refused, StringComparison.Ordinal);
        }
    }

    private static async Task<string> AskAsync(BookableEventScene application, string[] ids, int? most = null)
    {
        (int status, JsonElement body) = await application.SendAsync(
            HttpMethod.Post, "/v1/availability", new { bookable_events = Named(ids), max_results = most });
        return $"{status} {body.GetRawText()}";
    }

    private static async Task<string> AskAsync(BookableEventScene application, string elementToken, string[] ids)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/v1/availability?et={elementToken}")
        {
            Content = ApiCaller.Json(new { bookable_events = Named(ids) }),
        };
        request.Headers.Add("Origin", Origin);
        (int status, JsonElement body) = await application.SendAsync(request);
        return $"{status} {body.GetRawText()}";
    }

    private static async Task<string> MintAsync(BookableEventScene application, string[] ids)
    {
        (int status, JsonElement body) = await application.SendAsync(HttpMethod.Post, "/v1/element_tokens", new
        {
            version = "1",
            permissions = new[] { "availability" },
            bookable_event_ids = ids,
            origin = Origin,
        });
        Assert.Equal(200, status);
        return body.GetProperty("element_token").GetProperty("token").GetString()!;
    }

    private static object[] Named(string[] ids) => [.. ids.Select(id => new { bookable_event_id = id })];
}
