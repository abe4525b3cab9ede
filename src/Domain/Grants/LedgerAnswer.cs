namespace CalendarActors.Domain.Grants;

/// <summary>What the ledger decided about an exchange or a refresh.</summary>
/// <param name="Ledger">What to store before anything is answered; null when nothing changes.</param>
/// <param name="Error">An <c>error</c> of RFC 6749 section 5.2; null when tokens are issued.</param>
/// <param name="Scope">What the access token permits; null with an error.</param>
/// <param name="KeepsRefreshToken">True when the caller's refresh token stays, false when the new one is given out.</param>
public sealed record LedgerAnswer(TokenLedger? Ledger, string? Error, string? Scope, bool KeepsRefreshToken)
{
    /// <summary>Nothing is issued.</summary>
    /// <param name="error">Why, in the words of RFC 6749 section 5.2.</param>
    /// <param name="ledger">What to store all the same; null when nothing changes.</param>
    public static LedgerAnswer Refused(string error, TokenLedger? ledger = null) => new(ledger, error, null, false);
}
