using System.Net;
using System.Text.RegularExpressions;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>What a browser without script does: cookies, redirects within the site, forms with their hidden fields.</summary>
internal sealed partial class TestBrowser(HttpClient http, Uri address) : IDisposable
{
    private readonly Uri _site = address;

    /// <summary>Where it is.</summary>
    public Uri Location { get; private set; } = address;

    /// <summary>What it shows.</summary>
    public string Html { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    /// <summary>The cookies that it was given, as they were written.</summary>
    public List<string> Given { get; } = [];

    /// <summary>The authorization request that it is at.</summary>
    public string RequestId => Location.Segments[2].Trim('/');

    /// <summary>Opens an address and follows redirects as long as they stay on the site.</summary>
    public async Task OpenAsync(string url) => await FollowAsync(await http.GetAsync(new Uri(_site, url)));

    /// <summary>Sends a form of the page that it shows.</summary>
    public async Task SendAsync(string action, params (string Name, string Value)[] fields)
    {
        IEnumerable<(string, string)> hidden = AntiforgeryField().Match(Html) is { Success: true } match
            ? [("__RequestVerificationToken", match.Groups[1].Value)]
            : [];
        using FormUrlEncodedContent form = GatewayHost.Form(hidden.Concat(fields));
        await FollowAsync(await http.PostAsync(new Uri(_site, action), form));
    }

    /// <summary>Sends a form without what makes it ours.</summary>
    public async Task ForgeAsync(string action, params (string Name, string Value)[] fields)
    {
        using FormUrlEncodedContent form = GatewayHost.Form(fields);
        await FollowAsync(await http.PostAsync(new Uri(_site, action), form));
    }

    /// <summary>Signs in as the operator, on the way to a page.</summary>
    public async Task SignInAsync(string next = "/operators")
    {
        await OpenAsync(next);
        await SendAsync(Location.PathAndQuery, ("key", GatewayHost.OperatorKey));
    }

    /// <summary>Begins a request of an application.</summary>
    public Task BeginAsync(TestApplication application, string scope = "read_write", string more = "") =>
        OpenAsync($"/oauth/authorize?response_type=code&client_id={application.ClientId}"
            + $"&redirect_uri={Uri.EscapeDataString(application.RedirectUri)}&scope={Uri.EscapeDataString(scope)}{more}");

    /// <summary>Types a login and sends it.</summary>
    public async Task ConnectAsync(string userName = GatewayHost.UserName, string password = GatewayHost.Password)
    {
        await OpenAsync($"/connect/{RequestId}/login?provider=caldav");
        await SendAsync(
            $"/connect/{RequestId}/login?provider=caldav",
            ("server", "memory.test"), ("user", userName), ("password", password));
        if (Location.AbsolutePath.EndsWith("/owner", StringComparison.Ordinal))
        {
            await SendAsync($"/connect/{RequestId}/owner");
        }
    }

    /// <summary>All the way to the code.</summary>
    public async Task<string> AllowAsync(
        TestApplication application, string scope = "read_write", string more = "", string userName = GatewayHost.UserName)
    {
        await BeginAsync(application, scope, more);
        if (!Location.AbsolutePath.EndsWith("/consent", StringComparison.Ordinal))
        {
            await ConnectAsync(userName);
        }

        await SendAsync($"/connect/{RequestId}/consent?handler=allow");
        return Answer("code") ?? throw new InvalidOperationException($"No code but {Location}: {Html}");
    }

    /// <summary>A parameter of the redirect that left the site.</summary>
    public string? Answer(string name) => System.Web.HttpUtility.ParseQueryString(Location.Query)[name];

    public void Dispose() => http.Dispose();

    private async Task FollowAsync(HttpResponseMessage response)
    {
        Location = response.RequestMessage!.RequestUri!;
        Keep(response);
        while (response.Headers.Location is { } next)
        {
            next = new Uri(Location, next);
            Status = response.StatusCode;
            response.Dispose();
            Location = next;
            if (next.Authority != _site.Authority)
            {
                Html = "";
                return;
            }

            response = await http.GetAsync(next);
            Keep(response);
        }

        Status = response.StatusCode;
        Html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        response.Dispose();
    }

    private void Keep(HttpResponseMessage response) =>
        Given.AddRange(response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies : []);

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex AntiforgeryField();
}
