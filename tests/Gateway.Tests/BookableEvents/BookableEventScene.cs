using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.BookableEvents;

/// <summary>An application with bookable events, each on a morning from 10 to 11.</summary>
internal sealed class BookableEventScene(GatewayHost host, TestApplication application)
{
    public const string Path = "/v1/bookable_events";

    public static async Task<BookableEventScene> OpenAsync(GatewayHost host) => new(host, await host.RegisterAsync());

    public async Task<JsonElement> PutAsync(
        int? capacity, string status = "confirmed", string id = "class", string day = "2031-01-01")
    {
        (int code, JsonElement answer) = await SendAsync(HttpMethod.Post, Path, new
        {
            bookable_event_id = id,
            start = $"{day}T10:00:00Z",
            end = $"{day}T11:00:00Z",
            status,
            registration = new { capacity },
        });
        Assert.Equal(200, code);
        return answer;
    }

    public Task<(int Status, JsonElement Body)> RegisterAsync(
        string registrationId, string status, object? metadata = null, string id = "class") => SendAsync(
        HttpMethod.Post,
        $"{Path}/{id}/registrations",
        metadata is null ? new { registration_id = registrationId, status } : new { registration_id = registrationId, status, metadata });

    public Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        HttpRequestMessage request = new(method, path) { Content = body is null ? null : ApiCaller.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", application.Secret);
        return SendAsync(request);
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }
}
