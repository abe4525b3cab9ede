using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using Google.Apis.Calendar.v3;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>Google's OAuth 2.0 for web server applications.</summary>
/// <remarks>
/// Refresh tokens do not rotate: an answer without one means that the old one stays. People can untick permissions on the
/// consent page, so what was granted is compared with what was asked.
/// </remarks>
internal sealed class GoogleLogin(OutboundHttp http, IOptions<GoogleOptions> options, TimeProvider time) : IOAuthLogin
{
    private const string Exchanging = "exchanging a code";
    private const string Refreshing = "refreshing a token";
    private const string Revoking = "revoking a permission";
    private const string Form = "application/x-www-form-urlencoded";

    // One scope for all: "calendar.events" with "calendar.calendarlist.readonly" would do for events, but not for making
    // a calendar and coloring it, and a second consent page loses people. All of them are "sensitive" alike.
    private static readonly ImmutableArray<string> Scopes = ["openid", "email", CalendarService.ScopeConstants.Calendar];

    // Google answers this scope by its other name.
    private const string EmailByOtherName = "https://www.googleapis.com/auth/userinfo.email";

    private static readonly Duration UsualLife = Duration.FromHours(1);
    private static readonly Duration LongestLife = Duration.FromDays(1);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <inheritdoc/>
    public Uri AuthorizeUri(string providerName, string state, string codeChallenge, Uri redirectUri, string? loginHint)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("client_id", options.Value.ClientId ?? ""),
            new("redirect_uri", redirectUri.OriginalString),
            new("response_type", "code"),
            new("scope", string.Join(' ', Scopes)),
            new("state", state),
            new("code_challenge", codeChallenge),
            new("code_challenge_method", "S256"),

            // Both, or a person who agreed before brings no refresh token.
            new("access_type", "offline"),
            new("prompt", "consent"),
            new("include_granted_scopes", "true"),
        ];
        if (!string.IsNullOrEmpty(loginHint))
        {
            parameters.Add(new("login_hint", loginHint));
        }

        var address = new UriBuilder(options.Value.AuthorizationEndpoint);
        string own = address.Query.TrimStart('?');
        address.Query = $"{own}{(own.Length > 0 ? "&" : "")}{Encode(parameters)}";
        return address.Uri;
    }

    /// <inheritdoc/>
    public Task<ProviderResult<OAuthTokens>> ExchangeAsync(
        string providerName, string code, string codeVerifier, Uri redirectUri, CancellationToken cancellationToken) =>
        AskAsync(
            Exchanging,
            renewal: null,
            [
                new("grant_type", "authorization_code"),
                new("code", code),
                new("code_verifier", codeVerifier),
                new("redirect_uri", redirectUri.OriginalString),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<ProviderResult<OAuthTokens>> RefreshAsync(
        string providerName, string renewal, CancellationToken cancellationToken) =>
        AskAsync(
            Refreshing,
            renewal,
            [new("grant_type", "refresh_token"), new("refresh_token", renewal)],
            cancellationToken);

    /// <inheritdoc/>
    public async Task<ProviderFault?> RevokeAsync(string providerName, string renewal, CancellationToken cancellationToken)
    {
        // In the body: an address ends up in logs on the way.
        OutboundResult answer = await PostAsync(options.Value.RevocationEndpoint, [new("token", renewal)], cancellationToken);
        if (!answer.IsAnswered)
        {
            return GoogleFaults.From(answer.Fault, Revoking);
        }

        string? reason = GoogleFaults.ReasonOf(answer.Response.Body);
        return answer.Response.Status is >= 200 and < 300 || (answer.Response.Status == 400 && reason == "invalid_token")
            ? null
            : GoogleFaults.FromToken(answer.Response.Status, reason, answer.Response.Headers.RetryAfter, Revoking, Now);
    }

    private async Task<ProviderResult<OAuthTokens>> AskAsync(
        string stage, string? renewal, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        Instant asked = Now;
        OutboundResult answer = await PostAsync(
            options.Value.TokenEndpoint,
            [.. parameters, new("client_id", options.Value.ClientId ?? ""), new("client_secret", options.Value.ClientSecret ?? "")],
            cancellationToken);
        if (!answer.IsAnswered)
        {
            return GoogleFaults.From(answer.Fault, stage);
        }

        OutboundResponse response = answer.Response;
        return response.Status == 200 && Read(response.Body, renewal, asked) is { } tokens
            ? tokens
            : GoogleFaults.FromToken(
                response.Status, GoogleFaults.ReasonOf(response.Body), response.Headers.RetryAfter, stage, Now);
    }

    // The way out sends once more when a connection breaks. A refresh may be repeated; a code that was used already
    // answers invalid_grant, and its person starts over as they would have without the second try.
    private Task<OutboundResult> PostAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken) =>
        http.SendAsync(
            new OutboundRequest(HttpMethod.Post, address) { Body = Encoding.ASCII.GetBytes(Encode(parameters)), ContentType = Form },
            cancellationToken);

    private static string Encode(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));

    private static OAuthTokens? Read(byte[] body, string? renewal, Instant asked)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "access_token") is { } access
                && (Text(root, "refresh_token") ?? renewal) is { } refresh
                    ? new OAuthTokens(access, asked + Life(root), refresh, Missing(Text(root, "scope")))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Duration Life(JsonElement root)
    {
        long? seconds = !root.TryGetProperty("expires_in", out JsonElement life) ? null
            : life.ValueKind == JsonValueKind.Number && life.TryGetInt64(out long number) ? number
            : long.TryParse(life.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long text) ? text
            : null;
        return seconds is { } given
            ? Duration.FromSeconds(Math.Clamp(given, 0, (long)LongestLife.TotalSeconds))
            : UsualLife;
    }

    // An answer that says nothing of scopes granted all that were asked (RFC 6749 section 5.1).
    private static ImmutableArray<string> Missing(string? granted)
    {
        if (granted is null)
        {
            return [];
        }

        HashSet<string> all = new(granted.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        return [.. Scopes.Where(scope => !all.Contains(scope) && !(scope == "email" && all.Contains(EmailByOtherName)))];
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
