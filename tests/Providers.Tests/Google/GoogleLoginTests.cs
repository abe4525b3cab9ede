using CalendarActors.Domain.Providers;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>Google's OAuth: what is asked, what an answer means, and what kills a login.</summary>
public sealed class GoogleLoginTests : GoogleScene
{
    private const string AllScopes =
        "openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/calendar";

    private static readonly Uri Callback = new("https://us.example/connect/callback?a=b");

    [Fact]
    public void AuthorizeUri_WhenMade_AsksForOfflineAccessWithProof()
    {
        Uri address = Login.AuthorizeUri(ProviderNames.Google, "state & more", "challenge", Callback, "alice@example.com");

        var query = QueryHelpers.ParseQuery(address.Query);
        Assert.StartsWith($"{Server.Address}auth?", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["tenant"] = "1",
                ["client_id"] = "client-1",
                ["redirect_uri"] = Callback.OriginalString,
                ["response_type"] = "code",
                ["scope"] = "openid email https://www.googleapis.com/auth/calendar",
                ["state"] = "state & more",
                ["code_challenge"] = "challenge",
                ["code_challenge_method"] = "S256",
                ["access_type"] = "offline",
                ["prompt"] = "consent",
                ["include_granted_scopes"] = "true",
                ["login_hint"] = "alice@example.com",
            },
            query.ToDictionary(p => p.Key, p => p.Value.ToString()));
        Assert.DoesNotContain("login_hint", Login.AuthorizeUri("google", "s", "c", Callback, null).Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_WhenAllIsGranted_GivesTokensAndMissesNothing()
    {
        Answer((_, _) => Json($$"""{"access_token":"at","expires_in":3599,"refresh_token":"rt","scope":"{{AllScopes}}","token_type":"Bearer"}"""));

        OAuthTokens tokens = Value(await Login.ExchangeAsync("google", "the/code", "verifier", Callback, None));

        Assert.Equal(("at", "rt", Now + Duration.FromSeconds(3599)), (tokens.AccessToken, tokens.Renewal, tokens.ExpiresAt));
        Assert.Empty(tokens.Missing);
        Assert.True(Server.Requests.TryDequeue(out var request));
        Assert.Equal(("POST", "/token"), (request.Method, request.Path));
        Assert.Equal(
            "grant_type=authorization_code&code=the%2Fcode&code_verifier=verifier&redirect_uri=https%3A%2F%2Fus.example%2Fconnect%2Fcallback%3Fa%3Db"
            + "&client_id=client-1&client_secret=client%20secret%261",
            request.Body);
    }

    [Fact]
    public async Task Exchange_WhenAPermissionWasUnticked_NamesIt()
    {
        Answer((_, _) => Json("""{"access_token":"at","expires_in":3599,"refresh_token":"rt","scope":"openid email"}"""));

        OAuthTokens tokens = Value(await Login.ExchangeAsync("google", "c", "v", Callback, None));

        Assert.Equal(["https://www.googleapis.com/auth/calendar"], tokens.Missing.AsEnumerable());
    }

    [Fact]
    public async Task Exchange_WhenNoRefreshTokenComes_Fails()
    {
        Answer((_, _) => Json("""{"access_token":"at","expires_in":3599}"""));

        Assert.Equal(ProviderFaultKind.Transient, (await Login.ExchangeAsync("google", "c", "v", Callback, None)).Fault?.Kind);
    }

    [Fact]
    public async Task Refresh_WhenNoNewRefreshTokenComes_KeepsTheOldOne()
    {
        Answer((_, _) => Json("""{"access_token":"at2","expires_in":"1800"}"""));

        OAuthTokens tokens = Value(await Login.RefreshAsync("google", "old", None));

        Assert.Equal(("at2", "old", Now + Duration.FromMinutes(30)), (tokens.AccessToken, tokens.Renewal, tokens.ExpiresAt));
        Assert.Empty(tokens.Missing);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", ProviderFaultKind.AuthDead)]
    [InlineData(400, """{"error":"invalid_grant","error_subtype":"invalid_rapt"}""", ProviderFaultKind.AuthDead)]
    [InlineData(401, """{"error":"invalid_client"}""", ProviderFaultKind.Transient)]
    [InlineData(401, """{"error":"unauthorized_client"}""", ProviderFaultKind.Transient)]
    [InlineData(400, """{"error":"invalid_request"}""", ProviderFaultKind.Transient)]
    [InlineData(403, """{"error":"rate_limit_exceeded"}""", ProviderFaultKind.Throttled)]
    [InlineData(429, "", ProviderFaultKind.Throttled)]
    [InlineData(500, "<html>invalid_grant</html>", ProviderFaultKind.Transient)]
    [InlineData(503, """{"error":"temporarily_unavailable"}""", ProviderFaultKind.Transient)]
    [InlineData(200, "[1,2]", ProviderFaultKind.Transient)]
    [InlineData(200, """{"access_token":"", "refresh_token":7}""", ProviderFaultKind.Transient)]
    [InlineData(200, """{"access_token":"at","expi""", ProviderFaultKind.Transient)]
    public async Task Refresh_WhenRefused_IsDeadOnlyForADeadGrant(int status, string body, ProviderFaultKind expected)
    {
        Answer((_, _) => Json(body, status));

        ProviderFault fault = (await Login.RefreshAsync("google", "secret-renewal", None)).Fault!;

        Assert.Equal(expected, fault.Kind);
        Assert.Equal(expected == ProviderFaultKind.Throttled, fault.NotBefore > Now);
        Assert.DoesNotContain("secret-renewal", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "", null)]
    [InlineData(400, """{"error":"invalid_token"}""", null)]
    [InlineData(400, """{"error":"invalid_request"}""", ProviderFaultKind.Transient)]
    [InlineData(503, "", ProviderFaultKind.Transient)]
    public async Task Revoke_WhenAnswered_CountsWhatIsGoneAsDone(int status, string body, ProviderFaultKind? expected)
    {
        Answer((_, _) => Json(body, status));

        ProviderFault? fault = await Login.RevokeAsync("google", "r/t", None);

        Assert.Equal(expected, fault?.Kind);
        Assert.True(Server.Requests.TryDequeue(out var request));
        Assert.Equal(("POST", "/revoke", "token=r%2Ft"), (request.Method, request.Path, request.Body));
        Assert.Equal(["POST /revoke"], Asked);
    }

    [Fact]
    public async Task Connect_WhenTheTokenIsGood_SaysWhoItIs()
    {
        Answer((request, query) => request switch
        {
            "GET /userinfo" => Json("""{"sub":"1001","email":"alice@example.com"}"""),
            "GET /calendar/v3/users/me/calendarList" when query["pageToken"] == "2" => Json(
                """{"items":[{"id":"free","summary":"Free","accessRole":"freeBusyReader"},{"id":"gone","deleted":true,"accessRole":"owner"}]}"""),
            "GET /calendar/v3/users/me/calendarList" => Json(
                """
                {"nextPageToken":"2","items":[
                {"id":"alice@example.com","summary":"Alice","summaryOverride":"Mine","accessRole":"owner","primary":true,"timeZone":"Europe/Berlin","backgroundColor":"#9fe1e7"},
                {"id":"shared","summary":"Shared","accessRole":"writerWithoutPrivateAccess"},{"id":"hidden","hidden":true,"accessRole":"owner"},null]}
                """),
            _ => null,
        });

        ProviderAccount account = Value(await Provider.ConnectAsync(Access, None));

        Assert.Equal(
            ("https://accounts.google.com", "1001", "alice@example.com", "alice@example.com", Access),
            (account.Issuer, account.Subject, account.ProfileName, account.Email, account.Access));
        Assert.Equal(
            [
                new ProviderCalendar("alice@example.com", "Mine", false, true, "Europe/Berlin", "#9FE1E7"),
                new ProviderCalendar("shared", "Shared", false, false, null, null),
                new ProviderCalendar("free", "Free", true, false, null, null),
            ],
            account.Calendars.AsEnumerable());
        Assert.All(Server.Requests, r => Assert.Equal("Bearer ya29.secret", r.Authorization));
        Assert.All(Asked.Where(a => a.Contains("calendarList", StringComparison.Ordinal)), a => Assert.Matches("quotaUser=[0-9a-f]{40}(&|$)", a));
    }

    [Theory]
    [InlineData(401, ProviderFaultKind.AuthDead)]
    [InlineData(403, ProviderFaultKind.Rejected)]
    [InlineData(200, ProviderFaultKind.Transient)]
    [InlineData(503, ProviderFaultKind.Transient)]
    public async Task Connect_WhenNobodyCanBeNamed_Fails(int status, ProviderFaultKind expected)
    {
        Answer((request, _) => request == "GET /userinfo" ? Json("{}", status) : null);

        Assert.Equal(expected, (await Provider.ConnectAsync(Access, None)).Fault?.Kind);
    }

    [Theory]
    [InlineData("#112233", "#FFFFFF")]
    [InlineData("#FFEE00", "#000000")]
    public async Task CreateCalendar_WhenItHasAColor_CanBeRead(string color, string text)
    {
        Answer((request, _) => request switch
        {
            "POST /calendar/v3/calendars" => Json("""{"id":"new@x","summary":"Name","timeZone":"Europe/Berlin"}"""),
            "PATCH /calendar/v3/users/me/calendarList/new@x" => Json($$"""{"id":"new@x","backgroundColor":"{{color.ToLowerInvariant()}}"}"""),
            _ => null,
        });

        ProviderCalendar calendar = Value(await Provider.CreateCalendarAsync(Access, "Name", color, None));

        Assert.Equal(new ProviderCalendar("new@x", "Name", false, false, "Europe/Berlin", color), calendar);
        Assert.Equal($$"""{"backgroundColor":"{{color}}","foregroundColor":"{{text}}"}""", Server.Requests.Last().Body);
        Assert.Contains("colorRgbFormat=true", Asked.Last(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task CreateCalendar_WhenItsColorIsRefused_IsMadeAllTheSame()
    {
        Answer((request, _) => request.StartsWith("POST", StringComparison.Ordinal) ? Json("""{"id":"new@x"}""") : Error(400, "invalid"));

        Assert.Null(Value(await Provider.CreateCalendarAsync(Access, "Name", "#112233", None)).Color);
    }
}
