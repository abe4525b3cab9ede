using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Operators;

/// <summary>The operator's own pages beside the dashboard.</summary>
[Collection(OneGateway.Name)]
public sealed class OverviewPageTests(GatewayHost host)
{
    [Theory]
    [InlineData("/operators")]
    [InlineData("/operators/find?id=pro_1")]
    [InlineData("/operators/connections/pro_1")]
    [InlineData("/operators/grants/acc_1")]
    public async Task Page_WhenNobodySignedIn_LeadsToTheLogin(string path)
    {
        using HttpResponseMessage response = await host.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/operators/login?next=", response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overview_WhenAPersonConnected_CountsTheirConnectionAndLeadsToIt()
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement grant = await host.GrantAsync(application);
        string account = grant.GetProperty("account_id").GetString()!;
        string profile = grant.GetProperty("linking_profile").GetProperty("profile_id").GetString()!;
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync();

        // What was counted up to ten seconds ago may be told.
        TimeSpan before = host.Time.Shift;
        host.Time.Shift += TimeSpan.FromSeconds(11);
        try
        {
            await browser.OpenAsync("/operators");
        }
        finally
        {
            host.Time.Shift = before;
        }

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("<h1>Overview</h1>", browser.Html, StringComparison.Ordinal);
        Assert.Matches("CalDAV[^<]*</th><td class=\"number\">[1-9]", browser.Html);
        await browser.OpenAsync($"/operators/find?id=%20{account}");
        Assert.Equal($"/operators/grants/{account}", browser.Location.AbsolutePath);
        Assert.Contains(application.ClientId, browser.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/operators/connections/{profile}\"", browser.Html, StringComparison.Ordinal);
        await browser.OpenAsync($"/operators/find?id={profile}");
        Assert.Equal($"/operators/connections/{profile}", browser.Location.AbsolutePath);
        Assert.Matches("<th scope=\"row\">cal_[0-9a-f_]+</th>", browser.Html);
        Assert.DoesNotContain(GatewayHost.UserName, browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/operators/find")]
    [InlineData("/operators/find?id=")]
    [InlineData("/operators/find?id=cal_0123456789abcdef01234567_0123456789ab")]
    [InlineData("/operators/find?id=%3Cscript%3E")]
    [InlineData("/operators/connections/pro_0123456789abcdef01234567")]
    [InlineData("/operators/connections/x")]
    [InlineData("/operators/grants/acc_0123456789abcdef01234567")]
    [InlineData("/operators/grants/per_1")]
    public async Task Page_WhenThereIsNoSuchId_SaysSo(string path)
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync();

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Contains("<title>There is no such id", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", browser.Html, StringComparison.Ordinal);
    }
}
