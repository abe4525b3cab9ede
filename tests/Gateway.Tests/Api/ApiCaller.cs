using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>An application that calls the API with one access token.</summary>
internal sealed class ApiCaller(GatewayHost host, TestApplication application, JsonElement tokens)
{
    public GatewayHost Host => host;

    public TestApplication Application => application;

    public string RefreshToken => tokens.GetProperty("refresh_token").GetString()!;

    public string AccessToken => tokens.GetProperty("access_token").GetString()!;

    public string Sub => tokens.GetProperty("sub").GetString()!;

    /// <summary>An application with a calendar of its own.</summary>
    public static async Task<ApiCaller> OpenAsync(GatewayHost host, string calendar = "room", TestApplication? application = null)
    {
        application ??= await host.RegisterAsync();
        using HttpResponseMessage response = await host.Http.PostAsync("/v1/application_calendars", Json(new
        {
            client_id = application.ClientId,
            client_secret = application.Secret,
            application_calendar_id = calendar,
        }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new ApiCaller(host, application, await ReadAsync(response));
    }

    /// <summary>An application that a person granted a scope on their CalDAV calendars.</summary>
    public static async Task<ApiCaller> GrantAsync(
        GatewayHost host, string scope = "read_write", string userName = GatewayHost.UserName)
    {
        TestApplication application = await host.RegisterAsync();
        return new ApiCaller(host, application, await host.GrantAsync(application, scope, userName));
    }

    /// <summary>The same grant with an access token that permits less.</summary>
    public async Task<ApiCaller> NarrowedAsync(string scope)
    {
        using HttpResponseMessage response = await host.TokenAsync(
            application,
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.GetProperty("refresh_token").GetString()!),
            ("scope", scope));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement narrowed = await ReadAsync(response);
        return new ApiCaller(host, application, narrowed);
    }

    public async Task<string> CalendarIdAsync(bool readOnly = false)
    {
        JsonElement calendars = (await GetAsync("/v1/calendars")).GetProperty("calendars");
        return calendars.EnumerateArray().First(c => c.GetProperty("calendar_readonly").GetBoolean() == readOnly)
            .GetProperty("calendar_id").GetString()!;
    }

    /// <summary>A successful read. That it is as documented, the host's client checks of every answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Get, path);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{(int)response.StatusCode} {body}");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>All entries of a paged read.</summary>
    public async Task<List<JsonElement>> GetAllAsync(string path, string key)
    {
        List<JsonElement> all = [];
        string? next = path;
        while (next is not null)
        {
            JsonElement page = await GetAsync(next);
            all.AddRange(page.GetProperty(key).EnumerateArray());
            next = page.GetProperty("pages").TryGetProperty("next_page", out JsonElement link) ? link.GetString() : null;
        }

        return all;
    }

    /// <summary>A call, and its status; a 422's body becomes <c>field key</c> lines.</summary>
    public async Task<(int Status, string[] Errors)> TryAsync(HttpMethod method, string path, object? body = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body is null ? null : Json(body));
        return ((int)response.StatusCode, response.StatusCode == HttpStatusCode.UnprocessableEntity
            ? Errors(await ReadAsync(response))
            : []);
    }

    /// <summary>An accepted write: 202 without a body.</summary>
    public async Task WriteAsync(HttpMethod method, string path, object body)
    {
        using HttpResponseMessage response = await SendAsync(method, path, Json(body));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{(int)response.StatusCode} {text}");
        Assert.Equal("", text);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        return host.Http.SendAsync(request);
    }

    public static StringContent Json(object body) =>
        new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

    private static string[] Errors(JsonElement body) =>
    [
        .. body.GetProperty("errors").EnumerateObject()
            .SelectMany(field => field.Value.EnumerateArray().Select(e => $"{field.Name} {e.GetProperty("key").GetString()}")),
    ];
}
