using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>Requests that must get nothing, each against one victim whose tokens and codes stay good.</summary>
[Collection(OneGateway.Name)]
public sealed class HostileRequestTests(GatewayHost host)
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static HostileScene? _scene;

    public static TheoryData<string> Names => [.. HostileRequests.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task HostileRequest_WhenSent_GetsItsErrorAndNothingElse(string name)
    {
        HostileRequest hostile = HostileRequests.All.Single(r => r.Name == name);
        HostileScene scene = _scene ??= await SetAsync();

        using HttpRequestMessage request = hostile.Build(scene);
        using HttpResponseMessage response = await host.Http.SendAsync(request);

        string body = await response.Content.ReadAsStringAsync();
        string location = response.Headers.Location?.ToString() ?? "";
        Assert.Equal(hostile.Status, (int)response.StatusCode);
        Assert.DoesNotContain("_token\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", location, StringComparison.Ordinal);
        if (hostile.IsRedirect)
        {
            Assert.StartsWith(scene.Victim.RedirectUri + "&", location, StringComparison.Ordinal);
            var answer = System.Web.HttpUtility.ParseQueryString(new Uri(location).Query);
            Assert.Equal(hostile.Error, answer["error"]);
            Assert.Equal(host.Address.ToString().TrimEnd('/'), answer["iss"]);
        }
        else if (hostile.Error is not null)
        {
            Assert.Empty(location);
            Assert.Equal(hostile.Error, JsonElement.Parse(body).GetProperty("error").GetString());
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal(hostile.Status == 401, response.Headers.WwwAuthenticate.Any(c => c.Scheme == "Basic"));
        }
        else
        {
            Assert.Empty(location);
        }

        // What the victim has is as good as before.
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(scene.AccessToken));
    }

    [Fact]
    public async Task VictimsCodes_WhenEveryHostileRequestWasSent_AreStillGood()
    {
        HostileScene scene = await SetAsync();
        foreach (HostileRequest hostile in HostileRequests.All)
        {
            using HttpRequestMessage request = hostile.Build(scene);
            (await host.Http.SendAsync(request)).Dispose();
        }

        using HttpResponseMessage withProof = await host.TokenAsync(
            scene.Victim, ("grant_type", "authorization_code"), ("code", scene.Code),
            ("redirect_uri", scene.Victim.RedirectUri), ("code_verifier", scene.Verifier));
        using HttpResponseMessage plain = await host.TokenAsync(
            scene.Victim, ("grant_type", "authorization_code"), ("code", scene.PlainCode), ("redirect_uri", scene.Victim.RedirectUri));

        Assert.Equal(HttpStatusCode.OK, withProof.StatusCode);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("sub")]
    public async Task ForeignRevocation_WhenSent_SaysOkAndChangesNothing(string by)
    {
        HostileScene scene = await SetAsync();
        using FormUrlEncodedContent form = GatewayHost.Form(
        [
            ("client_id", scene.Attacker.ClientId), ("client_secret", scene.Attacker.Secret),
            (by, by == "sub" ? scene.Sub : scene.RefreshToken),
        ]);

        using HttpResponseMessage response = await host.Http.PostAsync("/oauth/token/revoke", form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await host.UseAsync(scene.AccessToken));
    }

    private async Task<HostileScene> SetAsync()
    {
        TestApplication victim = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(victim, "read_events");
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(
            victim, "read_events", "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        string plainCode = await browser.AllowAsync(victim, "read_events");
        return new HostileScene(
            victim,
            await host.RegisterAsync(),
            code,
            plainCode,
            Verifier,
            tokens.GetProperty("access_token").GetString()!,
            tokens.GetProperty("refresh_token").GetString()!,
            tokens.GetProperty("sub").GetString()!);
    }
}
