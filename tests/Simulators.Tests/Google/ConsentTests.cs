using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class ConsentTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string Redirect = "https://product.example/callback";
    private const string Verifier = "a-verifier-that-is-as-long-as-it-has-to-be-0123456789";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private GoogleSimulator _google = null!;
    private Caller _browser = null!;

    public async Task InitializeAsync()
    {
        _google = await GoogleSimulator.StartAsync(new() { Time = _time, RedirectUris = [Redirect] });
        _google.AddUser(Ada, "Ada Lovelace");
        _browser = new Caller(_google);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task ConsentPage_WhenShown_OffersEachPersonAndEachScope()
    {
        string page = await _browser.GetAsync(Question());

        Assert.Equal(200, _browser.Status);
        Assert.Contains("Ada Lovelace", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{GoogleScopes.Events}\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{GoogleScopes.CalendarListReadOnly}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"openid\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allow_WhenAScopeIsUnticked_GrantsTheOthersOnly()
    {
        Dictionary<string, string> back = await AllowAsync(Question(), GoogleScopes.Events);

        JsonObject tokens = await RedeemAsync(back["code"]);

        Assert.Equal("a state", back["state"]);
        Assert.Equal(["email", GoogleScopes.Events, "openid"], tokens.Text("scope")!.Split(' ').Order());
        Assert.Equal(3599, (int)tokens["expires_in"]!);
        Assert.NotNull(tokens["refresh_token"]);
        using var ada = new Caller(_google, tokens.Text("access_token"));
        await ada.AskAsync("GET", "calendars/primary/events");
        Assert.Equal(200, ada.Status);
        JsonObject error = await ada.AskAsync("GET", "users/me/calendarList");
        Assert.Equal((403, "insufficientPermissions"), (ada.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task Deny_WhenPressed_SendsBackAnErrorAndTheState()
    {
        await _browser.PostAsync(Question(), ("user", Ada), ("decision", "deny"));

        Dictionary<string, string> back = Back();
        Assert.Equal(("access_denied", "a state"), (back["error"], back["state"]));
        Assert.False(_google.IsGranted(Ada));
    }

    [Fact]
    public async Task SecondConsent_WhenNotForced_GivesNoRefreshToken()
    {
        await RedeemAsync((await AllowAsync(Question(), GoogleScopes.Events))["code"]);

        JsonObject again = await RedeemAsync((await AllowAsync(Question(prompt: null), GoogleScopes.Events))["code"]);
        JsonObject forced = await RedeemAsync((await AllowAsync(Question(), GoogleScopes.Events))["code"]);

        Assert.Null(again["refresh_token"]);
        Assert.NotNull(forced["refresh_token"]);
    }

    [Fact]
    public async Task Code_WhenUsedTwice_IsRefused()
    {
        string code = (await AllowAsync(Question(), GoogleScopes.Events))["code"];
        await RedeemAsync(code);

        JsonObject error = await RedeemAsync(code);

        Assert.Equal((400, "invalid_grant"), (_browser.Status, error.Text("error")));
    }

    [Fact]
    public async Task Code_WhenTheVerifierIsWrong_IsRefused()
    {
        string code = (await AllowAsync(Question(), GoogleScopes.Events))["code"];

        JsonObject error = await RedeemAsync(code, verifier: "another");

        Assert.Equal((400, "invalid_grant"), (_browser.Status, error.Text("error")));
    }

    [Fact]
    public async Task Code_WhenTenMinutesOld_IsRefused()
    {
        string code = (await AllowAsync(Question(), GoogleScopes.Events))["code"];
        _time.Advance(TimeSpan.FromMinutes(11));

        await RedeemAsync(code);

        Assert.Equal(400, _browser.Status);
    }

    [Fact]
    public async Task Question_WhenTheRedirectIsNotRegistered_IsNotSentThere()
    {
        string page = await _browser.GetAsync(new Uri(Question().AbsoluteUri.Replace("callback", "elsewhere", StringComparison.Ordinal)));

        Assert.Equal(400, _browser.Status);
        Assert.Contains("redirect_uri_mismatch", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WhenItsSecretIsWrong_GetsNoTokens()
    {
        JsonObject error = Parse(await _browser.PostAsync(
            _google.TokenEndpoint, ("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", _google.ClientId), ("client_secret", "guess")));

        Assert.Equal((401, "invalid_client"), (_browser.Status, error.Text("error")));
    }

    [Fact]
    public async Task RefreshToken_WhenUsed_GivesAnAccessTokenAndDoesNotRotate()
    {
        IssuedGoogleTokens issued = _google.IssueTokens(Ada);
        _google.ExpireAccessTokens(Ada);
        using var expired = new Caller(_google, issued.AccessToken);
        JsonObject error = await expired.AskAsync("GET", "users/me/calendarList");
        Assert.Equal((401, "authError"), (expired.Status, Caller.Reason(error)));

        JsonObject answer = await RefreshAsync(issued.RefreshToken);

        Assert.Null(answer["refresh_token"]);
        using var ada = new Caller(_google, answer.Text("access_token"));
        await ada.AskAsync("GET", "users/me/calendarList");
        Assert.Equal(200, ada.Status);
    }

    [Fact]
    public async Task AccessToken_WhenItsLifeIsOver_IsRefused()
    {
        using var ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);
        _time.Advance(TimeSpan.FromHours(1));

        await ada.AskAsync("GET", "users/me/calendarList");

        Assert.Equal(401, ada.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Grant_WhenRevokedByEitherToken_IsGone(bool byAccessToken)
    {
        IssuedGoogleTokens issued = _google.IssueTokens(Ada);
        await _browser.PostAsync(_google.RevocationEndpoint, ("token", byAccessToken ? issued.AccessToken : issued.RefreshToken));
        Assert.Equal(200, _browser.Status);

        JsonObject error = await RefreshAsync(issued.RefreshToken);

        Assert.Equal((400, "invalid_grant"), (_browser.Status, error.Text("error")));
        Assert.Equal("Token has been expired or revoked.", error.Text("error_description"));
        Assert.False(_google.IsGranted(Ada));
    }

    [Fact]
    public async Task UserInformation_WhenAsked_SaysWhoItIs()
    {
        using var ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);

        // The path leaves the Calendar API's folder.
        JsonObject who = await ada.AskAsync("GET", _google.UserInfoEndpoint.AbsoluteUri);

        Assert.Equal((Ada, "Ada Lovelace"), (who.Text("email"), who.Text("name")));
        Assert.NotNull(who["sub"]);
    }

    [Fact]
    public async Task Refresh_WhenTheScriptReducesScopes_SaysSoAndMeansIt()
    {
        IssuedGoogleTokens issued = _google.IssueTokens(Ada);
        _google.Faults.Next(GoogleRequests.Token, Fault.OfProvider(GoogleSeams.ReduceScopes));

        JsonObject answer = await RefreshAsync(issued.RefreshToken);

        Assert.DoesNotContain("calendar", answer.Text("scope"), StringComparison.Ordinal);
        using var ada = new Caller(_google, answer.Text("access_token"));
        await ada.AskAsync("GET", "users/me/calendarList");
        Assert.Equal(403, ada.Status);
    }

    private Uri Question(string? prompt = "consent") => new(QueryHelpers.AddQueryString(
        _google.AuthorizationEndpoint.AbsoluteUri,
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = _google.ClientId,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = $"openid email {GoogleScopes.Events} {GoogleScopes.CalendarListReadOnly}",
            ["state"] = "a state",
            ["access_type"] = "offline",
            ["prompt"] = prompt,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
        }));

    private async Task<Dictionary<string, string>> AllowAsync(Uri question, params string[] scopes)
    {
        await _browser.PostAsync(question, [("user", Ada), ("decision", "allow"), .. scopes.Select(scope => ("scope", scope))]);
        return Back();
    }

    private Dictionary<string, string> Back()
    {
        Assert.Equal(302, _browser.Status);
        Assert.StartsWith(Redirect, _browser.Location!.AbsoluteUri, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(_browser.Location.Query)
            .ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.Ordinal);
    }

    private async Task<JsonObject> RedeemAsync(string code, string verifier = Verifier) => Parse(await _browser.PostAsync(
        _google.TokenEndpoint, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect),
        ("code_verifier", verifier), ("client_id", _google.ClientId), ("client_secret", _google.ClientSecret)));

    private async Task<JsonObject> RefreshAsync(string token) => Parse(await _browser.PostAsync(
        _google.TokenEndpoint, ("grant_type", "refresh_token"), ("refresh_token", token),
        ("client_id", _google.ClientId), ("client_secret", _google.ClientSecret)));

    private static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;
}
