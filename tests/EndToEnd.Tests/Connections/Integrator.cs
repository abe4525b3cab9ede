using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>An application, and what it sees with the one access token that it was given.</summary>
internal sealed class Integrator
{
    /// <summary>Its page where people end.</summary>
    public const string Callback = "https://planner.example/callback";

    private RunningNode _node;
    private readonly string _clientId;
    private readonly string _secret;
    private string _token = "";

    private Integrator(RunningNode node, string clientId, string secret)
    {
        _node = node;
        _clientId = clientId;
        _secret = secret;
    }

    /// <summary>Where it sends people.</summary>
    public string AuthorizeUrl => $"{_node.Address}oauth/authorize?response_type=code&client_id={_clientId}"
        + $"&redirect_uri={Uri.EscapeDataString(Callback)}&scope=read_write";

    public static async Task<Integrator> RegisterAsync(RunningNode node)
    {
        using HttpResponseMessage made = await node.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Planner", redirect_uris = new[] { Callback } }));
        JsonNode body = await ReadAsync(made);
        return new Integrator(node, (string)body["client_id"]!, (string)body["client_secret"]!);
    }

    /// <summary>The node was started again.</summary>
    public void GoOnAt(RunningNode node) => _node = node;

    /// <summary>Takes the code that a person brought to <see cref="Callback"/>.</summary>
    public async Task ExchangeAsync(Uri arrived)
    {
        using HttpResponseMessage response = await _node.Http.PostAsJsonAsync("/oauth/token", new
        {
            client_id = _clientId,
            client_secret = _secret,
            grant_type = "authorization_code",
            code = HttpUtility.ParseQueryString(arrived.Query)["code"],
            redirect_uri = Callback,
        });
        _token = (string)(await ReadAsync(response))["access_token"]!;
    }

    /// <summary>Its one profile.</summary>
    public async Task<JsonNode> ProfileAsync() => Assert.Single((await GetAsync("/v1/profiles"))["profiles"]!.AsArray())!;

    /// <summary>Ids of the calendars, in order.</summary>
    public async Task<string[]> CalendarIdsAsync() =>
        [.. (await GetAsync("/v1/calendars"))["calendars"]!.AsArray().Select(c => (string)c!["calendar_id"]!).Order(StringComparer.Ordinal)];

    /// <summary>The events' ids by their titles; asks again while it is refused.</summary>
    public async Task<IReadOnlyDictionary<string, string>> EventsAsync()
    {
        IReadOnlyList<JsonNode>? events = null;
        await Eventually.HoldsAsync(async () => (events = await TryReadEventsAsync("")) is not null);
        return events!.ToDictionary(e => (string)e["summary"]!, e => (string)e["event_uid"]!, StringComparer.Ordinal);
    }

    /// <summary>Upserts an event; says what was answered.</summary>
    public async Task<HttpStatusCode> WriteAsync(string calendarId, string title)
    {
        using HttpResponseMessage response = await UpsertAsync(calendarId, title, title, TimeProvider.System.GetUtcNow().AddDays(2));
        return response.StatusCode;
    }

    /// <summary>Upserts an event of an hour.</summary>
    public Task<HttpResponseMessage> UpsertAsync(
        string calendarId, string eventId, string title, DateTimeOffset start, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post,
            $"/v1/calendars/{calendarId}/events",
            new
            {
                event_id = eventId,
                summary = title,
                start = $"{start:yyyy-MM-ddTHH:mm:ssZ}",
                end = $"{start.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}",
            },
            cancellationToken);

    /// <summary>Deletes an event of its own.</summary>
    public Task<HttpResponseMessage> DeleteAsync(string calendarId, string eventId, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"/v1/calendars/{calendarId}/events", new { event_id = eventId }, cancellationToken);

    /// <summary>Asks to be told of changes.</summary>
    public async Task OpenChannelAsync(string callbackUrl)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, "/v1/channels", new { callback_url = callbackUrl });
        await ReadAsync(response);
    }

    /// <summary>The names of the calendars by their ids.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CalendarNamesAsync() =>
        (await GetAsync("/v1/calendars"))["calendars"]!.AsArray()
            .ToDictionary(c => (string)c!["calendar_id"]!, c => (string)c!["calendar_name"]!, StringComparer.Ordinal);

    /// <summary>All events that a query finds, page by page; null when one of the pages was refused or not answered.</summary>
    public async Task<IReadOnlyList<JsonNode>?> TryReadEventsAsync(string query, CancellationToken cancellationToken = default)
    {
        List<JsonNode> events = [];
        for (string? next = $"/v1/events?tzid=Etc/UTC&include_managed=true{query}"; next is not null;)
        {
            try
            {
                using HttpResponseMessage response = await SendAsync(HttpMethod.Get, next, null, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    return null;
                }

                JsonNode page = await ReadAsync(response);
                events.AddRange(page["events"]!.AsArray().Select(e => e!));
                next = (string?)page["pages"]!["next_page"];
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or ObjectDisposedException)
            {
                return null;
            }
        }

        return events;
    }

    private async Task<JsonNode> GetAsync(string path)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path);
        return await ReadAsync(response);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return await _node.Http.SendAsync(request, cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }
}
