using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CalendarActors.Bench;

/// <summary>An application with its credentials, through the operator's API.</summary>
internal sealed record RegisteredApplication(string ClientId, string ClientSecret);

/// <summary>An authorized account.</summary>
internal sealed record Account(string AccessToken, string RefreshToken, string CalendarId);

/// <summary>The public interfaces, as an integrator calls them.</summary>
internal sealed class ApiClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    public async Task<RegisteredApplication> RegisterAsync(string redirectUri)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/operator/applications")
        {
            Content = JsonContent.Create(new { name = "Bench", redirect_uris = new[] { redirectUri } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Product.OperatorKey);
        JsonNode answer = await SendAsync(request);
        return new RegisteredApplication((string)answer["client_id"]!, (string)answer["client_secret"]!);
    }

    /// <summary>An application calendar: an account that needs no provider.</summary>
    public async Task<Account> OpenCalendarAsync(RegisteredApplication application, string id)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/application_calendars")
        {
            Content = JsonContent.Create(new
            {
                client_id = application.ClientId,
                client_secret = application.ClientSecret,
                application_calendar_id = id,
            }),
        };
        JsonNode tokens = await SendAsync(request);
        return await WithCalendarAsync((string)tokens["access_token"]!, (string)tokens["refresh_token"]!);
    }

    /// <summary>A code for tokens.</summary>
    public async Task<JsonNode> ExchangeAsync(RegisteredApplication application, string code, string redirectUri)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/oauth/token")
        {
            Content = JsonContent.Create(new
            {
                client_id = application.ClientId,
                client_secret = application.ClientSecret,
                grant_type = "authorization_code",
                code,
                redirect_uri = redirectUri,
            }),
        };
        return await SendAsync(request);
    }

    public async Task<Account> WithCalendarAsync(string accessToken, string refreshToken)
    {
        JsonNode calendars = await GetAsync(accessToken, "/v1/calendars");
        return new Account(accessToken, refreshToken, (string)calendars["calendars"]![0]!["calendar_id"]!);
    }

    public Task<JsonNode> GetAsync(string accessToken, string path)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return SendAsync(request);
    }

    public Task<JsonNode> PostAsync(string accessToken, string path, JsonNode body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return SendAsync(request);
    }

    /// <summary>Writes events, a few at a time; each is acknowledged when this returns.</summary>
    public Task WriteAsync(Account account, IEnumerable<SeededEvent> events) =>
        Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, _) =>
        {
            HttpRequestMessage request = new(HttpMethod.Post, $"/v1/calendars/{account.CalendarId}/events")
            {
                Content = JsonContent.Create(new
                {
                    event_id = item.Id,
                    summary = item.Summary,
                    description = item.Description,
                    start = SeededEvents.Text(item, item.Start),
                    end = SeededEvents.Text(item, item.End),
                    location = new { description = item.Location },
                    transparency = "opaque",
                }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.AccessToken);

            // A full outbox says when to come back (429); everything else must be good.
            using HttpResponseMessage response = await PatientlyAsync(request);
            response.EnsureSuccessStatusCode();
        });

    private async Task<HttpResponseMessage> PatientlyAsync(HttpRequestMessage request)
    {
        string body = await request.Content!.ReadAsStringAsync();
        while (true)
        {
            HttpRequestMessage attempt = new(request.Method, request.RequestUri)
            {
                Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")),
            };
            attempt.Headers.Authorization = request.Headers.Authorization;
            HttpResponseMessage response = await _http.SendAsync(attempt);
            if ((int)response.StatusCode != 429)
            {
                return response;
            }

            await Task.Delay(200);
        }
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {body}");
        }

        return JsonNode.Parse(body) ?? throw new JsonException($"{request.RequestUri} answered nothing.");
    }
}
