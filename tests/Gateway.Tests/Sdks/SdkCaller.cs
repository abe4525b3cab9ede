using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>Writes requests as one of the libraries does: recorded from each of them, not from what they document.</summary>
internal sealed class SdkCaller(GatewayHost host, Sdk sdk, TestApplication application)
{
    private const string Json = "application/json";
    private const string JsonWithCharset = "application/json; charset=utf-8";
    private const string Form = "application/x-www-form-urlencoded";

    public TestApplication Application => application;

    public string AccessToken { get; set; } = "";

    public string RefreshToken { get; private set; } = "";

    /// <summary>An application whose calendar of its own this library opens.</summary>
    public static async Task<SdkCaller> OpenAsync(GatewayHost host, Sdk sdk, string calendar = "room")
    {
        SdkCaller caller = new(host, sdk, await host.RegisterAsync());
        caller.Keep((await caller.TokenCallAsync("/v1/application_calendars", ("application_calendar_id", calendar))).Expect(200).Json);
        return caller;
    }

    /// <summary>The tokens of an answer, for the calls that follow.</summary>
    public void Keep(JsonElement tokens)
    {
        AccessToken = tokens.GetProperty("access_token").GetString()!;
        RefreshToken = tokens.GetProperty("refresh_token").GetString()!;
    }

    /// <summary>A call with the application's credentials in the body, and a header that means nothing.</summary>
    public Task<RawAnswer> TokenCallAsync(string path, params (string Name, string Value)[] parameters)
    {
        (string, string)[] all = [("client_id", application.ClientId), ("client_secret", application.Secret), .. parameters];
        string[] headers =
        [
            .. Always(IsOnTheAppHost(path, parameters) ? "app.calendars.test" : "api.calendars.test"),
            .. sdk switch
            {
                Sdk.Node => ["Authorization: Bearer undefined"],
                Sdk.Python => ["Authorization: Bearer None"],
                Sdk.Php => ["Authorization: Bearer stale-0123456789abcdef0123456789"],
                _ => Array.Empty<string>(),
            },
        ];
        return sdk is Sdk.Ruby
            ? RawHttp.SendAsync(host, "POST", path, [.. headers, $"Content-Type: {Form}"], string.Join('&', all.Select(p => $"{p.Item1}={WebUtility.UrlEncode(p.Item2)}")))
            : RawHttp.SendAsync(host, "POST", path, [.. headers, $"Content-Type: {JsonType}"], Written(all.ToDictionary(p => p.Item1, p => (object)p.Item2)));
    }

    /// <summary>A read.</summary>
    public Task<RawAnswer> GetAsync(string target) => RawHttp.SendAsync(
        host,
        "GET",
        target,
        [.. Authorized(), .. sdk is Sdk.Node or Sdk.Python ? [$"Content-Type: {Json}"] : Array.Empty<string>()],
        sdk switch { Sdk.Python => "{}", Sdk.CSharp => "", _ => null });

    /// <summary>A call with a body.</summary>
    public Task<RawAnswer> SendAsync(string method, string target, object body) =>
        RawHttp.SendAsync(host, method, target, [.. Authorized(), $"Content-Type: {JsonType}"], body as string ?? Written(body));

    /// <summary>A POST that has nothing to say beyond its path.</summary>
    public Task<RawAnswer> PostNothingAsync(string target, object ifNode) => sdk switch
    {
        Sdk.Node => SendAsync("POST", target, ifNode),
        Sdk.Python => SendAsync("POST", target, "{}"),
        Sdk.Php => SendAsync("POST", target, "[]"),
        Sdk.Ruby => RawHttp.SendAsync(host, "POST", target, [.. Authorized(), $"Content-Type: {Form}"], ""),
        _ => RawHttp.SendAsync(host, "POST", target, Authorized(), ""),
    };

    /// <summary>A DELETE that has nothing to say beyond its path.</summary>
    public Task<RawAnswer> DeleteNothingAsync(string target) => sdk switch
    {
        Sdk.Node or Sdk.Python => SendAsync("DELETE", target, "{}"),
        Sdk.Php => SendAsync("DELETE", target, "[]"),
        _ => RawHttp.SendAsync(host, "DELETE", target, Authorized(), null),
    };

    /// <summary>A moment as the library writes an event's.</summary>
    public object EventTime(string day, string clock) => sdk switch
    {
        Sdk.CSharp => new { time = $"{day} {clock}:00Z", tzid = "Etc/UTC" },
        _ => $"{day}T{clock}:00Z",
    };

    /// <summary>True as it stands in a query.</summary>
    public string True => sdk is Sdk.Python ? "True" : "true";

    public string False => sdk is Sdk.Python ? "False" : "false";

    /// <summary>The name of a list in a query.</summary>
    public string ListName(string name) => name + (sdk is Sdk.Php ? "[]" : "%5B%5D");

    public async Task<string> CalendarIdAsync() =>
        (await GetAsync("/v1/calendars")).Expect(200).Json.GetProperty("calendars")[0].GetProperty("calendar_id").GetString()!;

    // One library writes a slash as an escape.
    private string Written(object body)
    {
        string json = JsonSerializer.Serialize(body);
        return sdk is Sdk.Php ? json.Replace("/", "\\/", StringComparison.Ordinal) : json;
    }

    private string JsonType => sdk is Sdk.Node or Sdk.Python ? Json : JsonWithCharset;

    private string[] Authorized() => [.. Always("api.calendars.test"), $"Authorization: Bearer {AccessToken}"];

    private IEnumerable<string> Always(string ownHost) => sdk switch
    {
        Sdk.Node => [$"Host: {ownHost}", "Accept: application/json, text/plain, */*", "User-Agent: Cronofy Node - 3.8.4", "Accept-Encoding: gzip, compress, deflate, br"],
        Sdk.Python => [$"Host: {ownHost}", "Accept: */*", "User-Agent: Cronofy Python 2.0.7", "Accept-Encoding: gzip, deflate"],
        Sdk.Php => ["Host: api.cronofy.com", "User-Agent: Cronofy PHP 1.7.4"],
        Sdk.Ruby => [$"Host: {ownHost}", "Accept: */*", "User-Agent: Cronofy Ruby 0.41.2", "Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3"],
        _ => [$"Host: {ownHost}", "User-Agent: Cronofy .NET 1.12.8", "Content-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3"],
    };

    private bool IsOnTheAppHost(string path, (string Name, string Value)[] parameters) => sdk switch
    {
        Sdk.CSharp => path.StartsWith("/oauth/", StringComparison.Ordinal),
        Sdk.Ruby => parameters.Contains(("grant_type", "authorization_code")),
        _ => false,
    };
}
