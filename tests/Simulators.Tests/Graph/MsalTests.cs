using CalendarActors.Simulators.Graph;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Kit;
using Microsoft.Identity.Client;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>Microsoft's own sign-in library against the simulator, pointed at it by a handler.</summary>
public sealed class MsalTests
{
    private static readonly string[] Scopes = ["Calendars.ReadWrite", "User.Read"];
    private static readonly Uri Redirect = new("https://ours.example.test/callback");

    [Fact]
    public async Task SignIn_WhenAccepted_GivesATokenThatGraphTakesAndThatIsRefreshed()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        IConfidentialClientApplication app = AppOf(scene);

        AuthenticationResult first = await SignInAsync(app, scene, scene.Ada);
        IAccount account = await app.GetAccountAsync(first.Account.HomeAccountId.Identifier);
        AuthenticationResult second = await app.AcquireTokenSilent(Scopes, account).WithForceRefresh(true).ExecuteAsync();

        Assert.Equal($"{scene.Ada.Id}.{GraphScene.Tenant}", first.Account.HomeAccountId.Identifier);
        Assert.Equal("ada@example.test", first.Account.Username);
        Assert.Superset(Scopes.ToHashSet(StringComparer.Ordinal), first.Scopes.ToHashSet(StringComparer.Ordinal));
        Assert.NotEqual(first.AccessToken, second.AccessToken);
        Assert.Equal("Ada", (await scene.ClientOf(second.AccessToken).Me.GetAsync())!.DisplayName);
        Assert.Contains(scene.Simulator.Requests.All, record => record.Path == $"/{GraphScene.Tenant}/oauth2/v2.0/token");
        Assert.All(scene.Simulator.Requests.All.Where(static record => record.Class == RequestClasses.Token), static record => Assert.Empty(record.Body));
    }

    [Fact]
    public async Task Refresh_WhenTheUserWasRevoked_AsksForTheUser()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        IConfidentialClientApplication app = AppOf(scene);
        AuthenticationResult first = await SignInAsync(app, scene, scene.Ada);
        scene.Simulator.Revoke(scene.Ada);

        var refused = await Assert.ThrowsAsync<MsalUiRequiredException>(() =>
            app.AcquireTokenSilent(Scopes, first.Account).WithForceRefresh(true).ExecuteAsync());

        Assert.Equal("invalid_grant", refused.ErrorCode);
        Assert.Contains("AADSTS50173", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_WhenInteractionIsRequired_SaysSo()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        IConfidentialClientApplication app = AppOf(scene);
        AuthenticationResult first = await SignInAsync(app, scene, scene.Ada);
        scene.Simulator.InteractionRequired = true;

        var refused = await Assert.ThrowsAsync<MsalUiRequiredException>(() =>
            app.AcquireTokenSilent(Scopes, first.Account).WithForceRefresh(true).ExecuteAsync());

        Assert.Equal("interaction_required", refused.ErrorCode);
    }

    [Fact]
    public async Task Refresh_WhenTokensWorkOnceAndTheAnswerWasLost_EndsTheGrant()
    {
        await using GraphScene scene = await GraphScene.OpenAsync(static clock => new() { Time = clock, RefreshTokensWorkOnce = true });
        var (_, refresh) = scene.Simulator.IssueTokens(scene.Ada, "app");
        async Task<string> RefreshAsync()
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("client_id", "app"), new("refresh_token", refresh)]);
            using HttpResponseMessage answer = await scene.Http.PostAsync(new Uri(scene.Simulator.Authority, "common/oauth2/v2.0/token"), form);
            return await answer.Content.ReadAsStringAsync();
        }

        scene.Simulator.Faults.Next(RequestClasses.Token, Fault.LoseAnswer);
        await Assert.ThrowsAsync<HttpRequestException>(RefreshAsync);

        Assert.Contains("AADSTS50173", await RefreshAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WhenTheTenantIsAnothers_IsRefused()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        GraphUser personal = scene.Simulator.AddUser("eve@example.test", "Eve");
        IConfidentialClientApplication app = AppOf(scene, "organizations");

        var refused = await Assert.ThrowsAsync<MsalUiRequiredException>(() => SignInAsync(app, scene, personal));

        Assert.Contains("AADSTS50020", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_WhenScopesWereReduced_SaysWhatIsLeft()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        IConfidentialClientApplication app = AppOf(scene);
        AuthenticationResult first = await SignInAsync(app, scene, scene.Ada);
        scene.Simulator.LimitScopes(scene.Ada, "openid", "profile", "offline_access", "User.Read");

        AuthenticationResult second = await app.AcquireTokenSilent(Scopes, first.Account).WithForceRefresh(true).ExecuteAsync();

        Assert.DoesNotContain("Calendars.ReadWrite", second.Scopes);
        await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => scene.ClientOf(second.AccessToken).Me.Calendars.GetAsync());
    }

    [Fact]
    public async Task Request_WhenAccessIsReconsidered_IsChallenged()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        scene.Simulator.Faults.Next(RequestClasses.Me, Fault.OfProvider(GraphSimulator.ClaimsChallenge));

        using HttpResponseMessage challenged = await scene.SendAsync(HttpMethod.Get, "/me");

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, challenged.StatusCode);
        Assert.Contains("claims=", challenged.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    private static async Task<AuthenticationResult> SignInAsync(IConfidentialClientApplication app, GraphScene scene, GraphUser user)
    {
        Uri asked = await app.GetAuthorizationRequestUrl(Scopes).WithRedirectUri(Redirect.ToString()).WithPkce(out string verifier).ExecuteAsync();
        Uri back = scene.Simulator.Accept(asked, user);
        string code = System.Web.HttpUtility.ParseQueryString(back.Query)["code"]!;
        return await app.AcquireTokenByAuthorizationCode(Scopes, code).WithPkceCodeVerifier(verifier).ExecuteAsync();
    }

    private static IConfidentialClientApplication AppOf(GraphScene scene, string tenant = "common") =>
        ConfidentialClientApplicationBuilder.Create("6731de76-14a6-49ae-97bc-6eba6914391e")
            .WithClientSecret("secret")
            .WithAuthority($"https://login.microsoftonline.com/{tenant}")
            .WithInstanceDiscovery(false)
            .WithRedirectUri(Redirect.ToString())
            .WithHttpClientFactory(new Detour(scene.Simulator.Authority))
            .Build();

    private sealed class Detour(Uri to) : DelegatingHandler(new SocketsHttpHandler()), IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = to.Scheme, Host = to.Host, Port = to.Port }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
