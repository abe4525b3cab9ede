using CalendarActors.Domain.Providers;
using Microsoft.Identity.Client;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Logging in with a work, school or personal account, through MSAL.</summary>
/// <remarks>
/// An application object of MSAL's keeps tokens in memory, so one is made for each call and its cache goes out with the
/// answer: what we store is <see cref="MsalRenewal"/>, and no token is left here. MSAL does remember, for a minute or as
/// long as it was asked, which account's renewal failed, and answers the same without asking again.
/// </remarks>
internal sealed class MicrosoftLogin(IMsalHttpClientFactory http, MicrosoftOptions options, TimeProvider time) : IOAuthLogin
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(24);

    private static readonly string[] Scopes = ["Calendars.ReadWrite", "User.Read"];

    private readonly MicrosoftAuthority _authority = new(options);

    public Uri AuthorizeUri(string providerName, string state, string codeChallenge, Uri redirectUri, string? loginHint)
    {
        List<(string Name, string Value)> query =
        [
            ("client_id", options.ClientId),
            ("response_type", "code"),
            ("response_mode", "query"),
            ("redirect_uri", redirectUri.OriginalString),
            ("scope", $"openid profile offline_access {string.Join(' ', Scopes)}"),
            ("state", state),
            ("code_challenge", codeChallenge),
            ("code_challenge_method", "S256"),
        ];

        // Without a hint people with two accounts would be given the one that they used last.
        query.Add(loginHint is null ? ("prompt", "select_account") : ("login_hint", loginHint));
        string text = string.Join('&', query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return new Uri($"{_authority.Endpoint(providerName, "authorize")}?{text}");
    }

    public Task<ProviderResult<OAuthTokens>> ExchangeAsync(
        string providerName, string code, string codeVerifier, Uri redirectUri, CancellationToken cancellationToken) =>
        WithinAsync(
            "exchanging a code",
            async token =>
            {
                IConfidentialClientApplication application = Application(providerName, redirectUri);
                MsalRenewal renewal = MsalRenewal.Recorded(application, known: null);
                AuthenticationResult result = await application
                    .AcquireTokenByAuthorizationCode(Scopes, code)
                    .WithPkceCodeVerifier(codeVerifier)
                    .ExecuteAsync(token);
                return Tokens(result, renewal);
            },
            cancellationToken);

    public Task<ProviderResult<OAuthTokens>> RefreshAsync(
        string providerName, string renewal, CancellationToken cancellationToken) =>
        WithinAsync(
            "renewing a token",
            async token =>
            {
                if (!MsalRenewal.TryParse(renewal, out MsalRenewal? known))
                {
                    return new ProviderFault(ProviderFaultKind.AuthDead, "renewing a token: what was stored is no token cache.");
                }

                IConfidentialClientApplication application = Application(providerName, redirectUri: null);
                MsalRenewal recorded = MsalRenewal.Recorded(application, known);
                if (await application.GetAccountAsync(known.AccountId) is not { } account)
                {
                    return new ProviderFault(ProviderFaultKind.AuthDead, "renewing a token: the stored cache has no such account.");
                }

                // Forced: the caller knows when a token is due, or that the present one was refused.
                AuthenticationResult result = await application
                    .AcquireTokenSilent(Scopes, account)
                    .WithForceRefresh(true)
                    .ExecuteAsync(token);
                return Tokens(result, recorded);
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Microsoft can only end all of a person's sessions (<c>revokeSignInSessions</c>, which asks for a permission that
    /// we do not want): one application is taken off by the person, at myapplications.microsoft.com.
    /// </remarks>
    public Task<ProviderFault?> RevokeAsync(string providerName, string renewal, CancellationToken cancellationToken) =>
        Task.FromResult<ProviderFault?>(null);

    private ProviderResult<OAuthTokens> Tokens(AuthenticationResult result, MsalRenewal renewal)
    {
        HashSet<string> granted = new(
            result.Scopes.Select(s => s[(s.LastIndexOf('/') + 1)..]), StringComparer.OrdinalIgnoreCase);

        // MSAL counts from the machine's clock, whatever ours is.
        return renewal.Text(result.Account?.HomeAccountId?.Identifier) is { } text
            ? new OAuthTokens(
                result.AccessToken,
                Instant.FromDateTimeOffset(time.GetUtcNow() + (result.ExpiresOn - TimeProvider.System.GetUtcNow())),
                text,
                [.. Scopes.Where(s => !granted.Contains(s))])
            : new ProviderFault(ProviderFaultKind.Transient, "logging in: Microsoft gave nothing to renew the token with.");
    }

    private IConfidentialClientApplication Application(string providerName, Uri? redirectUri)
    {
        ConfidentialClientApplicationBuilder builder = ConfidentialClientApplicationBuilder.Create(options.ClientId)
            .WithClientSecret(options.ClientSecret)
            .WithAuthority(_authority.ForMsal(providerName), validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithLegacyCacheCompatibility(false)

            // MSAL would sleep a second and try again; whoever called decides.
            .WithHttpClientFactory(http, retryOnceOn5xx: false);
        return (redirectUri is null ? builder : builder.WithRedirectUri(redirectUri.OriginalString)).Build();
    }

    private async Task<ProviderResult<OAuthTokens>> WithinAsync(
        string stage, Func<CancellationToken, Task<ProviderResult<OAuthTokens>>> work, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await work(both.Token);
        }
        catch (Exception e) when (MsalFaults.IsExpected(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return MsalFaults.From(e, stage, Instant.FromDateTimeOffset(time.GetUtcNow()));
        }
    }
}
