namespace CalendarActors.Domain.Providers;

/// <summary>How a person logs in at a provider that issues tokens (RFC 6749, with PKCE of RFC 7636).</summary>
/// <remarks>Like <see cref="ICalendarProvider"/>: no call sleeps to retry, each ends within 25 seconds.</remarks>
public interface IOAuthLogin
{
    /// <summary>Where the person's browser goes. Asks for offline access and every permission that we use.</summary>
    /// <param name="providerName">The value of <c>provider_name</c> that the person chose.</param>
    /// <param name="state">Opaque; comes back.</param>
    /// <param name="codeChallenge">S256.</param>
    /// <param name="redirectUri">Ours, as registered with the provider.</param>
    /// <param name="loginHint">Mail address to offer first; null for none.</param>
    Uri AuthorizeUri(string providerName, string state, string codeChallenge, Uri redirectUri, string? loginHint);

    /// <summary>Exchanges a code. A code is good once: a failure means starting over.</summary>
    /// <param name="providerName">As in <see cref="AuthorizeUri"/>.</param>
    /// <param name="code">From the provider's answer.</param>
    /// <param name="codeVerifier">Of the challenge.</param>
    /// <param name="redirectUri">The same as before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ProviderResult<OAuthTokens>> ExchangeAsync(
        string providerName, string code, string codeVerifier, Uri redirectUri, CancellationToken cancellationToken);

    /// <summary>Gets a new access token. The caller stores the answer before it uses it: renewals may rotate.</summary>
    /// <param name="providerName">The connection's <c>provider_name</c>.</param>
    /// <param name="renewal">The stored <see cref="OAuthTokens.Renewal"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// <see cref="ProviderFaultKind.AuthDead"/> only when the provider says that the renewal itself is worthless
    /// (<c>invalid_grant</c>, <c>interaction_required</c>); anything that may pass is another kind.
    /// </returns>
    Task<ProviderResult<OAuthTokens>> RefreshAsync(
        string providerName, string renewal, CancellationToken cancellationToken);

    /// <summary>Takes the permission back at the provider, where it can be. Best effort; what is gone already counts as done.</summary>
    /// <param name="providerName">The connection's <c>provider_name</c>.</param>
    /// <param name="renewal">The stored <see cref="OAuthTokens.Renewal"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What went wrong; null when nothing did, or when the provider has no such call.</returns>
    Task<ProviderFault?> RevokeAsync(string providerName, string renewal, CancellationToken cancellationToken);
}
