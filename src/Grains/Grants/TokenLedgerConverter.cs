using CalendarActors.Domain.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>Converts <see cref="TokenLedger"/>.</summary>
[RegisterConverter]
internal sealed class TokenLedgerConverter : IConverter<TokenLedger, TokenLedgerSurrogate>
{
    public TokenLedger ConvertFromSurrogate(in TokenLedgerSurrogate surrogate) => new(
        [.. surrogate.Codes.Select(c => new IssuedCode(
            c.Hash, c.Family, c.Scope, c.RedirectUri, c.CodeChallenge, c.ExpiresAt, c.IsUsed))],
        [.. surrogate.Access.Select(a => new IssuedAccess(a.Hash, a.Family, a.Generation, a.Scope, a.ExpiresAt))],
        [.. surrogate.Refresh.Select(r => new IssuedRefresh(r.Hash, r.Family, r.Generation, r.Scope))],
        surrogate.NextFamily);

    public TokenLedgerSurrogate ConvertToSurrogate(in TokenLedger value) => new()
    {
        Codes = [.. value.Codes.Select(c => new StoredCode(
            c.Hash, c.Family, c.Scope, c.RedirectUri, c.CodeChallenge, c.ExpiresAt, c.IsUsed))],
        Access = [.. value.Access.Select(a => new StoredAccess(a.Hash, a.Family, a.Generation, a.Scope, a.ExpiresAt))],
        Refresh = [.. value.Refresh.Select(r => new StoredRefresh(r.Hash, r.Family, r.Generation, r.Scope))],
        NextFamily = value.NextFamily,
    };
}
