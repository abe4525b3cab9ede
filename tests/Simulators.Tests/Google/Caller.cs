using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>Speaks to the simulator as any HTTP client does: JSON in, JSON out, nothing retried.</summary>
internal sealed class Caller(GoogleSimulator google, string? token = null) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <summary>The last answer's status.</summary>
    public int Status { get; private set; }

    /// <summary>Where the last answer sends to.</summary>
    public Uri? Location { get; private set; }

    /// <summary>The last answer's <c>Retry-After</c>; null without one.</summary>
    public RetryConditionHeaderValue? RetryAfter { get; private set; }

    /// <summary>A request of the Calendar API, by a path under its base address.</summary>
    public async Task<JsonObject> AskAsync(string method, string path, JsonObject? body = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(google.ApiBaseUrl, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        string answer = await SendAsync(request);
        return answer.Length == 0 ? [] : (JsonObject)JsonNode.Parse(answer)!;
    }

    /// <summary>A form, to any address.</summary>
    public Task<string> PostAsync(Uri address, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return SendAsync(request);
    }

    /// <summary>A page.</summary>
    public Task<string> GetAsync(Uri address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>All items of a listing with its last page's sync token; <paramref name="query"/> begins with a question mark.</summary>
    public async Task<(List<JsonObject> Items, string? SyncToken)> ListAsync(string calendar, string query = "?")
    {
        var items = new List<JsonObject>();
        string? page = null;
        while (true)
        {
            string next = page is null ? "" : $"&pageToken={page}";
            JsonObject answer = await AskAsync("GET", $"calendars/{Uri.EscapeDataString(calendar)}/events{query}{next}");
            Assert.Equal(200, Status);
            items.AddRange(answer["items"]!.AsArray().Select(item => (JsonObject)item!));
            page = (string?)answer["nextPageToken"];
            if (page is null)
            {
                return (items, (string?)answer["nextSyncToken"]);
            }
        }
    }

    /// <summary>The reason of the last error.</summary>
    public static string? Reason(JsonObject answer) => (string?)answer["error"]?["errors"]?[0]?["reason"];

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using HttpRequestMessage sent = request;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using HttpResponseMessage answer = await _http.SendAsync(sent, patience.Token);
        Status = (int)answer.StatusCode;
        Location = answer.Headers.Location;
        RetryAfter = answer.Headers.RetryAfter;
        return await answer.Content.ReadAsStringAsync(patience.Token);
    }
}
