using System.Net.Http.Headers;
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
        TestApplication application = await host.RegisterAsync();
        await PutAsync(application, "later", "2031-02-01", capacity: 2);
        await RegisterAsync(application, "later", "bill", "accepted");
        await RegisterAsync(application, "later", "ann", "declined");
        await PutAsync(application, "full", "2031-01-01", capacity: 1);
        await RegisterAsync(application, "full", "bill", "pending");
        await PutAsync(application, "open", "2031-01-01", capacity: null);
        await PutAsync(application, "off", "2031-01-01", capacity: null, "cancelled");
        await PutAsync(application, "over", "2020-01-01", capacity: null);

        string answer = await AskAsync(application, ["later", "full", "open", "off", "over", "open"]);
        await RegisterAsync(application, "full", "bill", "removed");
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
        TestApplication application = await host.RegisterAsync();
        await PutAsync(application, "class", "2031-01-01", capacity: 1);

        Assert.StartsWith(
            """422 {"errors":{"bookable_events":[{"key":"errors.not_recognized""",
            await AskAsync(await host.RegisterAsync(), ["class"]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_WithAnElementToken_IsForTheEventsThatItNames()
    {
        TestApplication application = await host.RegisterAsync();
        await PutAsync(application, "class", "2031-01-01", capacity: 1);
        await PutAsync(application, "other", "2031-01-01", capacity: 1);
        string naming = await MintAsync(application, ["class"]);

        Assert.StartsWith("200 {\"available_bookable_events\":[{\"bookable_event_id\":\"class\"", await AskAsync(naming, ["class"]), StringComparison.Ordinal);
        foreach (string refused in new[] { await AskAsync(naming, ["class", "other"]), await AskAsync(await MintAsync(application, []), ["other"]) })
        {
            Assert.StartsWith("422 ", refused, StringComparison.Ordinal);
            Assert.Contains("errors.not_recognized", refused, StringComparison.Ordinal);
        }
    }

    private async Task PutAsync(TestApplication application, string id, string day, int? capacity, string status = "confirmed") =>
        Assert.StartsWith("200 ", await SendAsync(application, "/v1/bookable_events", new
        {
            bookable_event_id = id,
            start = $"{day}T10:00:00Z",
            end = $"{day}T11:00:00Z",
            status,
            registration = new { capacity },
        }), StringComparison.Ordinal);

    private async Task RegisterAsync(TestApplication application, string id, string who, string status) =>
        Assert.StartsWith(
            "200 ",
            await SendAsync(application, $"/v1/bookable_events/{id}/registrations", new { registration_id = who, status }),
            StringComparison.Ordinal);

    private Task<string> AskAsync(TestApplication application, string[] ids, int? most = null) =>
        SendAsync(application, "/v1/availability", new { bookable_events = Named(ids), max_results = most });

    private async Task<string> AskAsync(string elementToken, string[] ids)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/v1/availability?et={elementToken}")
        {
            Content = ApiCaller.Json(new { bookable_events = Named(ids) }),
        };
        request.Headers.Add("Origin", Origin);
        return await SendAsync(request);
    }

    private async Task<string> MintAsync(TestApplication application, string[] ids)
    {
        string answer = await SendAsync(application, "/v1/element_tokens", new
        {
            version = "1",
            permissions = new[] { "availability" },
            bookable_event_ids = ids,
            origin = Origin,
        });
        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
        return JsonSerializer.Deserialize<JsonElement>(answer[4..]).GetProperty("element_token").GetProperty("token").GetString()!;
    }

    private static object[] Named(string[] ids) => [.. ids.Select(id => new { bookable_event_id = id })];

    private async Task<string> SendAsync(TestApplication application, string path, object body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = ApiCaller.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", application.Secret);
        return await SendAsync(request);
    }

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
