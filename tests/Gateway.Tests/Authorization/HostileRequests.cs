using System.Net.Http.Headers;
using System.Text;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Authorization;

/// <summary>Everything that the endpoints must refuse, one line each.</summary>
internal static class HostileRequests
{
    private const string GoodChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    public static IReadOnlyList<HostileRequest> All { get; } =
    [
        // On our own page: there is nowhere safe to send an error to.
        Page("no client_id", s => Authorize(s, without: "client_id")),
        Page("client_id of nobody", s => Authorize(s, ("client_id", "app_000000000000000000000000"))),
        Page("client_id that is no client id", s => Authorize(s, ("client_id", "../../operator"))),
        Page("client_id twice", s => Authorize(s, more: $"&client_id={s.Attacker.ClientId}")),
        Page("no redirect_uri", s => Authorize(s, without: "redirect_uri")),
        Page("redirect_uri of another host", s => Authorize(s, ("redirect_uri", "https://evil.example/cb"))),
        Page("redirect_uri with more query", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri + "&x=1"))),
        Page("redirect_uri with less query", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri.Split('?')[0]))),
        Page("redirect_uri in capitals", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri.ToUpperInvariant()))),
        Page("redirect_uri with a path that climbs", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri.Replace("/callback", "/callback/../evil", StringComparison.Ordinal)))),
        Page("redirect_uri with a user name", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri.Replace("127", "evil@127", StringComparison.Ordinal)))),
        Page("redirect_uri with a fragment", s => Authorize(s, ("redirect_uri", s.Victim.RedirectUri + "#x"))),
        Page("redirect_uri that is a script", s => Authorize(s, ("redirect_uri", "javascript:alert(1)"))),
        Page("redirect_uri twice", s => Authorize(s, more: "&redirect_uri=https%3A%2F%2Fevil.example")),
        Page("authorize by POST", s => new HttpRequestMessage(HttpMethod.Post, Authorize(s).RequestUri)),

        // To the redirect URI.
        Redirect("no response_type", "invalid_request", s => Authorize(s, without: "response_type")),
        Redirect("implicit grant", "unsupported_response_type", s => Authorize(s, ("response_type", "token"))),
        Redirect("hybrid flow", "unsupported_response_type", s => Authorize(s, ("response_type", "code token"))),
        Redirect("response_type twice", "invalid_request", s => Authorize(s, more: "&response_type=token")),
        Redirect("answer in the fragment", "invalid_request", s => Authorize(s, ("response_mode", "fragment"))),
        Redirect("no scope", "invalid_scope", s => Authorize(s, without: "scope")),
        Redirect("scope that nobody knows", "invalid_scope", s => Authorize(s, ("scope", "read_events everything"))),
        Redirect("scope of service accounts", "invalid_scope", s => Authorize(s, ("scope", "service_account/accounts/manage"))),
        Redirect("scope twice", "invalid_request", s => Authorize(s, more: "&scope=read_write")),
        Redirect("plain challenge", "invalid_request", s => Authorize(s, ("code_challenge", GoodChallenge), ("code_challenge_method", "plain"))),
        Redirect("challenge without method", "invalid_request", s => Authorize(s, ("code_challenge", GoodChallenge))),
        Redirect("method without challenge", "invalid_request", s => Authorize(s, ("code_challenge_method", "S256"))),
        Redirect("challenge too short", "invalid_request", s => Authorize(s, ("code_challenge", GoodChallenge[1..]), ("code_challenge_method", "S256"))),
        Redirect("challenge with padding", "invalid_request", s => Authorize(s, ("code_challenge", GoodChallenge[1..] + "="), ("code_challenge_method", "S256"))),
        Redirect("request object", "request_not_supported", s => Authorize(s, ("request", "e30.e30."))),
        Redirect("request by reference", "request_uri_not_supported", s => Authorize(s, ("request_uri", "https://evil.example/r"))),
        Redirect("link_token", "invalid_request", s => Authorize(s, ("link_token", "x"))),
        Redirect("state twice", "invalid_request", s => Authorize(s, more: "&state=other")),
        Redirect("state too long", "invalid_request", s => Authorize(s, ("state", new string('s', 4001)))),

        // Who calls the token endpoint.
        Token("no credentials", 400, "invalid_client", s => Form(Exchange(s))),
        Token("client_id alone", 400, "invalid_client", s => Form([.. Exchange(s), ("client_id", s.Victim.ClientId)])),
        Token("wrong secret", 400, "invalid_client", s => Form([.. Exchange(s), ("client_id", s.Victim.ClientId), ("client_secret", Changed(s.Victim.Secret))])),
        Token("secret of another application", 400, "invalid_client", s => Form([.. Exchange(s), ("client_id", s.Victim.ClientId), ("client_secret", s.Attacker.Secret)])),
        Token("access token as secret", 400, "invalid_client", s => Form([.. Exchange(s), ("client_id", s.Victim.ClientId), ("client_secret", s.AccessToken)])),
        Token("client_id of the victim, own secret", 400, "invalid_client", s => Form([.. Exchange(s), ("client_id", s.Attacker.ClientId), ("client_secret", s.Victim.Secret)])),
        Token("credentials in the query", 400, "invalid_client", s => Form(Exchange(s), $"?client_id={s.Victim.ClientId}&client_secret={Uri.EscapeDataString(s.Victim.Secret)}")),
        Token("access token as bearer", 400, "invalid_client", s => Bearer(Form(Exchange(s)), s.AccessToken)),
        Token("Basic with a wrong secret", 401, "invalid_client", s => Basic(Form(Exchange(s)), s.Victim.ClientId, Changed(s.Victim.Secret))),
        Token("Basic that is no base64", 401, "invalid_client", s => Header(Form(Exchange(s)), "Basic ???")),
        Token("Basic without a colon", 401, "invalid_client", s => Header(Form(Exchange(s)), "Basic YWJj")),
        Token("Basic and secret in the body", 400, "invalid_request", s => Basic(Form(Own(s, Exchange(s))), s.Victim.ClientId, s.Victim.Secret)),
        Token("Basic and another client_id", 400, "invalid_request", s => Basic(Form([.. Exchange(s), ("client_id", s.Attacker.ClientId)]), s.Victim.ClientId, s.Victim.Secret)),
        Token("client_secret twice", 400, "invalid_request", s => Form([.. Own(s, Exchange(s)), ("client_secret", s.Attacker.Secret)])),

        // What is asked of it.
        Token("no grant_type", 400, "invalid_request", s => Form(Own(s, ("code", s.Code)))),
        Token("password grant", 400, "unsupported_grant_type", s => Form(Own(s, ("grant_type", "password"), ("username", "u"), ("password", "p")))),
        Token("client_credentials grant", 400, "unsupported_grant_type", s => Form(Own(s, ("grant_type", "client_credentials")))),
        Token("grant_type twice", 400, "invalid_request", s => Form([.. Own(s, Exchange(s)), ("grant_type", "refresh_token")])),
        Token("no code", 400, "invalid_request", s => Form(Own(s, ("grant_type", "authorization_code")))),
        Token("code that is none", 400, "invalid_grant", s => Form(Own(s, Exchange(s, code: "abc")))),
        Token("code with one letter changed", 400, "invalid_grant", s => Form(Own(s, Exchange(s, code: Changed(s.Code))))),
        Token("refresh token as code", 400, "invalid_grant", s => Form(Own(s, Exchange(s, code: s.RefreshToken)))),
        Token("code of another application", 400, "invalid_grant", s => Form([("client_id", s.Attacker.ClientId), ("client_secret", s.Attacker.Secret), .. Exchange(s)])),
        Token("code twice", 400, "invalid_request", s => Form([.. Own(s, Exchange(s)), ("code", s.PlainCode)])),
        Token("no redirect_uri at exchange", 400, "invalid_grant", s => Form(Own(s, ("grant_type", "authorization_code"), ("code", s.Code), ("code_verifier", s.Verifier)))),
        Token("another redirect_uri at exchange", 400, "invalid_grant", s => Form(Own(s, Exchange(s, redirectUri: s.Victim.RedirectUri + "&x=1")))),
        Token("no verifier", 400, "invalid_grant", s => Form(Own(s, Exchange(s).Where(p => p.Item1 != "code_verifier").ToArray()))),
        Token("wrong verifier", 400, "invalid_grant", s => Form(Own(s, Exchange(s, verifier: Changed(s.Verifier))))),
        Token("challenge as verifier", 400, "invalid_grant", s => Form(Own(s, Exchange(s, verifier: GoodChallenge)))),
        Token("verifier too short", 400, "invalid_grant", s => Form(Own(s, Exchange(s, verifier: "short")))),
        Token("verifier for a code without challenge", 400, "invalid_grant", s => Form(Own(s, Exchange(s, code: s.PlainCode)))),
        Token("refresh without token", 400, "invalid_request", s => Form(Own(s, ("grant_type", "refresh_token")))),
        Token("access token as refresh token", 400, "invalid_grant", s => Form(Own(s, Refresh(s.AccessToken)))),
        Token("refresh token with one letter changed", 400, "invalid_grant", s => Form(Own(s, Refresh(Changed(s.RefreshToken))))),
        Token("refresh token of another application", 400, "invalid_grant", s => Form([("client_id", s.Attacker.ClientId), ("client_secret", s.Attacker.Secret), .. Refresh(s.RefreshToken)])),
        Token("refresh for more scope", 400, "invalid_scope", s => Form(Own(s, [.. Refresh(s.RefreshToken), ("scope", "read_write")]))),
        Token("refresh for unknown scope", 400, "invalid_scope", s => Form(Own(s, [.. Refresh(s.RefreshToken), ("scope", "everything")]))),

        // How it is written.
        Token("no content type", 400, "invalid_request", s => Body(null, "grant_type=authorization_code")),
        Token("plain text", 400, "invalid_request", s => Body("text/plain", "grant_type=authorization_code")),
        Token("form of several parts", 400, "invalid_request", s => Body("multipart/form-data; boundary=x", "--x--")),
        Token("another charset", 400, "invalid_request", s => Body("application/x-www-form-urlencoded; charset=utf-16", "a=b")),
        Token("JSON that is broken", 400, "invalid_request", s => Body("application/json", "{\"grant_type\":")),
        Token("JSON that is an array", 400, "invalid_request", s => Body("application/json", "[]")),
        Token("JSON with a nested value", 400, "invalid_request", s => Body("application/json", "{\"code\":{\"$ne\":\"\"}}")),
        Token("JSON with a name twice", 400, "invalid_request", s => Body("application/json", $"{{\"client_id\":\"{s.Attacker.ClientId}\",\"client_id\":\"{s.Victim.ClientId}\"}}")),
        Token("JSON that is deep", 400, "invalid_request", s => Body("application/json", new string('[', 5000))),
        Token("body that is huge", 400, "invalid_request", s => Body("application/x-www-form-urlencoded", "x=" + new string('x', 40_000))),

        // Revocation and application calendars ask who calls as well.
        At("/oauth/token/revoke", "revoke without credentials", 400, "invalid_client", s => Form([("token", s.RefreshToken)])),
        At("/oauth/token/revoke", "revoke with a wrong Basic", 401, "invalid_client", s => Basic(Form([("token", s.RefreshToken)]), s.Victim.ClientId, "x")),
        At("/oauth/token/revoke", "revoke nothing", 400, "invalid_request", s => Form(Own(s))),
        At("/v1/application_calendars", "application calendar without credentials", 400, "invalid_client", s => Form([("application_calendar_id", "x")])),
        At("/v1/application_calendars", "application calendar without id", 400, "invalid_request", s => Form(Own(s))),
        At("/v1/application_calendars", "application calendar with a long id", 400, "invalid_request", s => Form(Own(s, ("application_calendar_id", new string('x', 256))))),
    ];

    private static HostileRequest Page(string name, Func<HostileScene, HttpRequestMessage> build) => new(name, build, 400, null);

    private static HostileRequest Redirect(string name, string error, Func<HostileScene, HttpRequestMessage> build) =>
        new(name, build, 303, error);

    private static HostileRequest Token(string name, int status, string error, Func<HostileScene, HttpRequestMessage> build) =>
        At("/oauth/token", name, status, error, build);

    private static HostileRequest At(
        string path, string name, int status, string error, Func<HostileScene, HttpRequestMessage> build) =>
        new(
            name,
            scene =>
            {
                HttpRequestMessage request = build(scene);
                request.RequestUri = new Uri(path + request.RequestUri, UriKind.Relative);
                return request;
            },
            status,
            error);

    private static HttpRequestMessage Authorize(HostileScene scene, params (string Name, string Value)[] changed) =>
        Authorize(scene, null, "", changed);

    private static HttpRequestMessage Authorize(
        HostileScene scene, string? without = null, string more = "", params (string Name, string Value)[] changed)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = scene.Victim.ClientId,
            ["redirect_uri"] = scene.Victim.RedirectUri,
            ["scope"] = "read_events",
            ["state"] = "s",
        };
        foreach ((string name, string value) in changed)
        {
            parameters[name] = value;
        }

        parameters.Remove(without ?? "");
        string query = string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return new HttpRequestMessage(HttpMethod.Get, $"/oauth/authorize?{query}{more}");
    }

    private static (string, string)[] Exchange(
        HostileScene scene, string? code = null, string? redirectUri = null, string? verifier = null) =>
    [
        ("grant_type", "authorization_code"),
        ("code", code ?? scene.Code),
        ("redirect_uri", redirectUri ?? scene.Victim.RedirectUri),
        ("code_verifier", verifier ?? scene.Verifier),
    ];

    private static (string, string)[] Refresh(string token) => [("grant_type", "refresh_token"), ("refresh_token", token)];

    private static (string, string)[] Own(HostileScene scene, params (string, string)[] parameters) =>
        [("client_id", scene.Victim.ClientId), ("client_secret", scene.Victim.Secret), .. parameters];

    private static HttpRequestMessage Form((string, string)[] parameters, string query = "") =>
        new(HttpMethod.Post, query) { Content = GatewayHost.Form(parameters) };

    private static HttpRequestMessage Body(string? type, string text)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return new HttpRequestMessage(HttpMethod.Post, "") { Content = content };
    }

    private static HttpRequestMessage Basic(HttpRequestMessage request, string id, string secret) =>
        Header(request, "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}")));

    private static HttpRequestMessage Bearer(HttpRequestMessage request, string token) => Header(request, "Bearer " + token);

    private static HttpRequestMessage Header(HttpRequestMessage request, string authorization)
    {
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    /// <summary>One letter within the secret part is another one.</summary>
    private static string Changed(string text)
    {
        int at = text.Length / 2 + 10;
        return text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];
    }
}
