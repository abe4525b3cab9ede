using System.Net;
using System.Text.Json;

namespace CalendarActors.Gateway.Tests.Hosting;

[Collection(OneGateway.Name)]
public sealed class SecretLogTests(GatewayHost host)
{
    [Fact]
    public async Task Logs_WhenEverythingIsLogged_HoldNoSecretAndNoPerson()
    {
        const string UserName = "grace.hopper@example.test";
        host.AddLogin(UserName);
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        await browser.SendAsync($"/connect/{browser.RequestId}/login?provider=caldav", ("server", "memory.test"), ("user", UserName), ("password", "wrong-password-of-grace"));
        await browser.ConnectAsync(UserName);
        await browser.SendAsync($"/connect/{browser.RequestId}/consent?handler=allow");
        string code = browser.Answer("code")!;
        using HttpResponseMessage exchanged = await host.TokenAsync(
            application, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", application.RedirectUri));
        JsonElement tokens = JsonElement.Parse(await exchanged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(tokens.GetProperty("access_token").GetString()!));
        using HttpResponseMessage refreshed = await host.TokenAsync(
            application, ("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!));

        string[] secrets =
        [
            application.Secret, code, tokens.GetProperty("access_token").GetString()!,
            tokens.GetProperty("refresh_token").GetString()!, GatewayHost.Password, "wrong-password-of-grace",
            GatewayHost.OperatorKey, UserName,
        ];

        Assert.NotEmpty(host.Logs.Lines);
        Assert.All(secrets, secret => Assert.DoesNotContain(
            host.Logs.Lines, line => line.Contains(secret, StringComparison.Ordinal)));
    }
}
