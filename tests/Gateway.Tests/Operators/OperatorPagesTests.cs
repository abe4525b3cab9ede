using System.Net;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Operators;

/// <summary>What is for operators' browsers alone: the sign-in, and the Orleans Dashboard behind it.</summary>
[Collection(OneGateway.Name)]
public sealed class OperatorPagesTests(GatewayHost host)
{
    [Theory]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/DashboardCounters")]
    [InlineData("/dashboard/GrainState")]
    [InlineData("/dashboard/index.min.js")]
    public async Task Dashboard_WhenNobodySignedIn_LeadsToTheLogin(string path)
    {
        using HttpResponseMessage response = await host.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/operators/login?next=%2Fdashboard%2F", response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_WhenTheOperatorSignedIn_CountsTheSilo()
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync("/dashboard/");
        Assert.Equal((HttpStatusCode.OK, "/dashboard/"), (browser.Status, browser.Location.AbsolutePath));
        Assert.Contains("<script", browser.Html, StringComparison.Ordinal);

        await browser.OpenAsync("/dashboard/DashboardCounters");

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("\"hosts\":[{", browser.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dashboard/GrainState?grainId=x&grainType=y")]
    [InlineData("/dashboard/grainstate")]
    [InlineData("/dashboard/Reminders/1")]
    public async Task View_WhenItReachesTooFar_IsClosed(string path)
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync("/dashboard/");

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("wrong")]
    [InlineData(GatewayHost.OperatorKey + "x")]
    public async Task Login_WhenTheKeyIsWrong_IsRefused(string key)
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.OpenAsync("/operators/login?next=/dashboard/");

        await browser.SendAsync("/operators/login?next=/dashboard/", ("key", key));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("That is not the operator key.", browser.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"wrong", browser.Html, StringComparison.Ordinal);
        await browser.OpenAsync("/dashboard/");
        Assert.Equal("/operators/login", browser.Location.AbsolutePath);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("")]
    public async Task Login_WhenItIsToLeadElsewhere_StaysHere(string next)
    {
        using TestBrowser browser = host.NewBrowser();
        string login = $"/operators/login?next={Uri.EscapeDataString(next)}";
        await browser.OpenAsync(login);

        await browser.SendAsync(login, ("key", GatewayHost.OperatorKey));

        Assert.Equal((host.Address.Authority, "/operators"), (browser.Location.Authority, browser.Location.AbsolutePath));
    }

    [Fact]
    public async Task Login_WhenTheFormIsForged_IsRefused()
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.OpenAsync("/operators/login");

        await browser.ForgeAsync("/operators/login", ("key", GatewayHost.OperatorKey));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
    }

    [Fact]
    public async Task Cookie_WhenGiven_IsForThisSiteAndNoScript()
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.OpenAsync("/operators/login");

        await browser.SendAsync("/operators/login", ("key", $" {GatewayHost.OperatorKey} "));

        string cookie = Assert.Single(browser.Given, c => c.StartsWith("ca_operator=", StringComparison.Ordinal));
        Assert.Contains("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GatewayHost.OperatorKey, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookie_WhenTheApiIsCalledWithIt_OpensNothing()
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync("/dashboard/");

        await browser.OpenAsync("/operator/applications");

        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
    }

    [Fact]
    public async Task Session_WhenItIsNotUsedForEightHours_Ends()
    {
        using TestBrowser browser = host.NewBrowser();
        await browser.SignInAsync("/dashboard/");
        TimeSpan before = host.Time.Shift;
        try
        {
            host.Time.Shift = before + TimeSpan.FromHours(7.9);
            await browser.OpenAsync("/dashboard/");
            Assert.Equal("/dashboard/", browser.Location.AbsolutePath);

            // It was renewed then, and is not now.
            host.Time.Shift += TimeSpan.FromHours(7.9);
            await browser.OpenAsync("/dashboard/");
            Assert.Equal("/dashboard/", browser.Location.AbsolutePath);
            host.Time.Shift += TimeSpan.FromHours(8.1);
            await browser.OpenAsync("/dashboard/");
            Assert.Equal("/operators/login", browser.Location.AbsolutePath);
        }
        finally
        {
            host.Time.Shift = before;
        }
    }
}
