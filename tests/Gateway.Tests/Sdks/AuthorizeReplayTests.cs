using System.Net;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>Where each library sends a browser, as it stands below the table in the contract's section 11. Node sends none.</summary>
[Collection(OneGateway.Name)]
public sealed class AuthorizeReplayTests(GatewayHost host)
{
    /// <summary>Python writes spaces as a plus and what was not given as nothing; PHP writes the state as it is.</summary>
    [Theory]
    [InlineData(Sdk.Python, "client_id=ID&redirect_uri=URI&response_type=code&scope=read_events+create_event&state=&provider_name=&avoid_linking=False", null)]
    [InlineData(Sdk.Php, "response_type=code&client_id=ID&redirect_uri=URI&scope=read_events%20create_event&state=a/b?c:d&avoid_linking=1", "a/b?c:d")]
    [InlineData(Sdk.Ruby, "client_id=ID&locale=de&redirect_uri=URI&response_type=code&scope=read_events+create_event&state=a%2Fb", "a/b")]
    [InlineData(Sdk.CSharp, "response_type=code&client_id=ID&redirect_uri=URI&scope=read_events%20create_event&state=a%20b&avoid_linking=true", "a b")]
    public async Task Authorize_AsALibraryWritesIt_LeadsToACodeAndGivesTheStateBack(Sdk sdk, string query, string? state)
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();

        await browser.OpenAsync("/oauth/authorize?" + query
            .Replace("=ID", "=" + application.ClientId, StringComparison.Ordinal)
            .Replace("=URI", "=" + Uri.EscapeDataString(application.RedirectUri), StringComparison.Ordinal));
        Assert.True(browser.Status == HttpStatusCode.OK, $"{sdk}: {browser.Status} {browser.Location}");
        await browser.ConnectAsync();
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");

        Assert.Equal(state, browser.Answer("state") is { Length: > 0 } given ? given : null);
        SdkCaller caller = new(host, sdk, application);
        string scope = (await caller.TokenCallAsync(
            "/oauth/token", ("grant_type", "authorization_code"), ("code", browser.Answer("code")!), ("redirect_uri", application.RedirectUri)))
            .Expect(200).Json.GetProperty("scope").GetString()!;
        Assert.Equal("read_events create_event", scope);
    }
}
