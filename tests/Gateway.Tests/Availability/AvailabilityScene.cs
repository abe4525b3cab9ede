using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Availability;

/// <summary>An application with a few calendars of its own, asked when they are free on the day after tomorrow.</summary>
internal sealed class AvailabilityScene(GatewayHost host, TestApplication application, ApiCaller[] rooms)
{
    /// <summary>Where a page with an element lies.</summary>
    private const string Origin = "https://app.example.com";

    public GatewayHost Host => host;

    public TestApplication Application => application;

    public ApiCaller Room => rooms[0];

    public string Sub(int room = 0) => rooms[room].Sub;

    public static async Task<AvailabilityScene> OpenAsync(GatewayHost host, int rooms = 1)
    {
        TestApplication application = await host.RegisterAsync();
        List<ApiCaller> opened = [];
        for (int i = 0; i < rooms; i++)
        {
            opened.Add(await ApiCaller.OpenAsync(host, $"room-{i}", application));
        }

        return new AvailabilityScene(host, application, [.. opened]);
    }

    /// <summary>The same of one person at a provider, all of whose calendars were read.</summary>
    public static async Task<AvailabilityScene> OfPersonAsync(GatewayHost host, string userName)
    {
        ApiCaller caller = await ApiCaller.GrantAsync(host, userName: userName);
        AvailabilityScene scene = new(host, caller.Application, [caller]);
        await Eventually.HoldsAsync(async () => (await scene.AskAsync(scene.Question(("include_member_statuses", true))))
            .GetProperty("member_statuses")[0].GetProperty("sync_status").GetString() == "active");
        return scene;
    }

    /// <summary>Takes a time of the day after tomorrow.</summary>
    public async Task TakeAsync(string from, string to, int room = 0, string? eventId = null, string transparency = "opaque") =>
        await rooms[room].WriteAsync(HttpMethod.Post, $"/v1/calendars/{await rooms[room].CalendarIdAsync()}/events", new
        {
            event_id = eventId ?? from,
            summary = "Taken",
            start = At(2, from),
            end = At(2, to),
            extended_transparency = transparency,
        });

    /// <summary>A group of all of these rooms, or as many of them as are required.</summary>
    public object Group(int? required = null, params int[] members) => new
    {
        members = members.Select(m => new { sub = Sub(m) }),
        required = required is { } some ? (object)some : "all",
    };

    /// <summary>From 09:00 to 12:00 on the day after tomorrow.</summary>
    public static object[] Morning => [new { start = At(2, "09:00"), end = At(2, "12:00") }];

    /// <summary>The question for an hour of the morning with the first room, changed.</summary>
    public Dictionary<string, object?> Question(params (string Name, object? Value)[] changes)
    {
        Dictionary<string, object?> question = new()
        {
            ["participants"] = new[] { Group(null, 0) },
            ["required_duration"] = new { minutes = 60 },
            ["query_periods"] = Morning,
        };
        foreach ((string name, object? value) in changes)
        {
            question[name] = value;
        }

        return question;
    }

    /// <summary>The answer's times as <c>09:00-10:00 0,1</c>: with the places of the rooms that are free.</summary>
    public async Task<string[]> FindAsync(Dictionary<string, object?> question, string? bearer = null)
    {
        JsonElement answer = await AskAsync(question, bearer);
        JsonElement times = answer.TryGetProperty("available_periods", out JsonElement periods)
            ? periods
            : answer.GetProperty("available_slots");
        return [.. times.EnumerateArray().Select(Show)];
    }

    public async Task<JsonElement> AskAsync(Dictionary<string, object?> question, string? bearer = null)
    {
        using HttpResponseMessage response = await PostAsync(ApiCaller.Json(question), bearer ?? application.Secret);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>The status, and the errors of a 422 as <c>field key</c>.</summary>
    public async Task<string> TryAsync(object question, string? bearer = null)
    {
        using HttpResponseMessage response = await PostAsync(ApiCaller.Json(question), bearer ?? application.Secret);
        return response.StatusCode is not HttpStatusCode.UnprocessableEntity
            ? $"{(int)response.StatusCode}"
            : "422 " + string.Join(',', (await ApiCaller.ReadAsync(response)).GetProperty("errors").EnumerateObject()
                .SelectMany(f => f.Value.EnumerateArray().Select(e => $"{f.Name} {e.GetProperty("key").GetString()}")));
    }

    public Task<HttpResponseMessage> PostAsync(HttpContent content, string? bearer, string query = "")
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/v1/availability" + query) { Content = content };
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return host.Http.SendAsync(request);
    }

    /// <summary>Any call, with the application's key unless it is said otherwise.</summary>
    public async Task<(int Status, JsonElement Body)> CallAsync(
        HttpMethod method, string path, object? body = null, string? bearer = null)
    {
        HttpRequestMessage request = new(method, path) { Content = body is null ? null : ApiCaller.Json(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer ?? application.Secret);
        return await AnswerAsync(request);
    }

    /// <summary>A token for an element in a page of <see cref="Origin"/>, which names these rooms.</summary>
    public async Task<string> ElementTokenAsync(params int[] members)
    {
        (int status, JsonElement minted) = await CallAsync(HttpMethod.Post, "/v1/element_tokens", new
        {
            version = "1",
            permissions = new[] { "availability" },
            subs = members.Select(Sub),
            origin = Origin,
        });
        Assert.Equal(200, status);
        return minted.GetProperty("element_token").GetProperty("token").GetString()!;
    }

    /// <summary>The question as an element in a page asks it.</summary>
    public Task<(int Status, JsonElement Body)> AskFromPageAsync(
        string token, Dictionary<string, object?> question, string origin = Origin)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/v1/availability?et={token}") { Content = ApiCaller.Json(question) };
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Cronofy-Element", "1");
        return AnswerAsync(request);
    }

    private async Task<(int Status, JsonElement Body)> AnswerAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    private string Show(JsonElement time)
    {
        static string Clock(JsonElement moment) => moment.GetString()![11..16];
        IEnumerable<int> here = time.GetProperty("participants").EnumerateArray()
            .Select(p => Array.FindIndex(rooms, r => r.Sub == p.GetProperty("sub").GetString()));
        return $"{Clock(time.GetProperty("start"))}-{Clock(time.GetProperty("end"))} {string.Join(',', here)}";
    }
}
