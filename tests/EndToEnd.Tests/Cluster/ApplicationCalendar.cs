using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>An application with a calendar of its own, as it sees the service over HTTP.</summary>
/// <param name="AccessToken">Good for an hour, on whatever node.</param>
/// <param name="CalendarId">Where it writes.</param>
internal sealed record ApplicationCalendar(string AccessToken, string CalendarId)
{
    public static async Task<ApplicationCalendar> OpenAsync(RunningNode node)
    {
        JsonNode application = await ReadAsync(
            () => node.OperateAsync(
                HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name = "Writer", redirect_uris = Array.Empty<string>() })),
            HttpStatusCode.Created);
        JsonNode opened = await ReadAsync(
            () => node.Http.PostAsJsonAsync(
                "/v1/application_calendars",
                new
                {
                    client_id = (string)application["client_id"]!,
                    client_secret = (string)application["client_secret"]!,
                    application_calendar_id = "room",
                }),
            HttpStatusCode.OK);
        string token = (string)opened["access_token"]!;
        JsonNode calendars = await ReadAsync(
            () => SendAsync(node.Http, token, HttpMethod.Get, "/v1/calendars", null, CancellationToken.None), HttpStatusCode.OK);
        return new ApplicationCalendar(token, (string)calendars["calendars"]![0]!["calendar_id"]!);
    }

    /// <summary>Upserts one event an hour long.</summary>
    public Task<HttpResponseMessage> UpsertAsync(
        HttpClient door, string eventId, DateTimeOffset start, string summary, CancellationToken cancellationToken = default) =>
        SendAsync(
            door,
            AccessToken,
            HttpMethod.Post,
            $"/v1/calendars/{CalendarId}/events",
            JsonContent.Create(new
            {
                event_id = eventId,
                summary,
                start = start.ToString("yyyy-MM-ddTHH:mm:ssZ"),
                end = start.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ"),
            }),
            cancellationToken);

    /// <summary>Summaries by event id, of all pages.</summary>
    public async Task<IReadOnlyList<(string EventId, string Summary)>> ReadAllAsync(HttpClient door)
    {
        List<(string, string)> events = [];
        string? next = "/v1/events?tzid=Etc/UTC&only_managed=true";
        while (next is not null)
        {
            string path = next;
            JsonNode body = await ReadAsync(
                () => SendAsync(door, AccessToken, HttpMethod.Get, path, null, CancellationToken.None), HttpStatusCode.OK);
            events.AddRange(body["events"]!.AsArray().Select(e => ((string)e!["event_id"]!, (string)e["summary"]!)));
            next = (string?)body["pages"]!["next_page"];
        }

        return events;
    }

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient door, string token, HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = new(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return door.SendAsync(request, cancellationToken);
    }

    /// <summary>Asks again while the answer is that it should be asked again.</summary>
    private static async Task<JsonNode> ReadAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode expected)
    {
        JsonNode? read = null;
        string said = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                using HttpResponseMessage response = await ask();
                string body = await response.Content.ReadAsStringAsync();
                said = $"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {body}";
                Assert.True(response.StatusCode == expected || response.StatusCode is HttpStatusCode.ServiceUnavailable, said);
                read = response.StatusCode == expected ? JsonNode.Parse(body) : null;
                return read is not null;
            },
            otherwise: () => said);
        return read!;
    }
}
