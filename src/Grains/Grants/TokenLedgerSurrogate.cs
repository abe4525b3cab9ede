using System.Collections.Immutable;
using CalendarActors.Domain.Grants;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>A <see cref="TokenLedger"/> in stored state.</summary>
[GenerateSerializer, Alias("token-ledger")]
internal struct TokenLedgerSurrogate
{
    [Id(0)]
    public ImmutableArray<StoredCode> Codes;

    [Id(1)]
    public ImmutableArray<StoredAccess> Access;

    [Id(2)]
    public ImmutableArray<StoredRefresh> Refresh;

    [Id(3)]
    public int NextFamily;
}

[GenerateSerializer, Immutable, Alias("stored-code")]
internal sealed record StoredCode(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] string Scope,
    [property: Id(3)] string RedirectUri,
    [property: Id(4)] string? CodeChallenge,
    [property: Id(5)] Instant ExpiresAt,
    [property: Id(6)] bool IsUsed);

[GenerateSerializer, Immutable, Alias("stored-access")]
internal sealed record StoredAccess(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] int Generation,
    [property: Id(3)] string Scope,
    [property: Id(4)] Instant ExpiresAt);

[GenerateSerializer, Immutable, Alias("stored-refresh")]
internal sealed record StoredRefresh(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] int Family,
    [property: Id(2)] int Generation,
    [property: Id(3)] string Scope);

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
