using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;
using NodaTime;

namespace CalendarActors.Domain.Grants;

/// <summary>Which tokens of one grant are good: hashes only, and a bounded number of them, of which the oldest die.</summary>
/// <remarks>
/// A <i>family</i> is everything that one code (or one opening of an application calendar) led to. The second use of a code
/// ends its family (RFC 6749 4.1.2). Within a family each rotated refresh token has a higher <i>generation</i>; those
/// below are good until the new one, or an access token that came with it, is first used: an answer that got lost costs the
/// application nothing.
/// </remarks>
/// <param name="Codes">Oldest first.</param>
/// <param name="Access">Oldest first.</param>
/// <param name="Refresh">Oldest first.</param>
/// <param name="NextFamily">The number that the next family gets.</param>
public sealed record TokenLedger(
    ImmutableArray<IssuedCode> Codes,
    ImmutableArray<IssuedAccess> Access,
    ImmutableArray<IssuedRefresh> Refresh,
    int NextFamily)
{
    /// <summary>The most codes remembered.</summary>
    public const int MaxCodes = 16;

    /// <summary>The most access tokens good at one time.</summary>
    public const int MaxAccess = 64;

    /// <summary>The most refresh tokens good at one time.</summary>
    public const int MaxRefresh = 32;

    /// <summary>How long a code is good (RFC 6749 4.1.2 allows ten minutes at most).</summary>
    public static readonly Duration CodeLifetime = Duration.FromMinutes(5);

    /// <summary>How long an access token is good.</summary>
    public static readonly Duration AccessLifetime = Duration.FromHours(1);

    /// <summary>How long a used code is remembered, so that its second use is noticed.</summary>
    private static readonly Duration CodeMemory = Duration.FromDays(1);

    /// <summary>No token at all.</summary>
    public static TokenLedger Empty { get; } = new([], [], [], 0);

    /// <summary>A person allowed something: a code of a new family.</summary>
    /// <param name="hash">SHA-256 of the code.</param>
    /// <param name="scope">What was allowed.</param>
    /// <param name="redirectUri">Where the code goes.</param>
    /// <param name="codeChallenge">S256 challenge; null without PKCE.</param>
    /// <param name="now">When.</param>
    public TokenLedger WithCode(
        ImmutableArray<byte> hash, string scope, string redirectUri, string? codeChallenge, Instant now) =>
        Pruned(now) with
        {
            Codes = Latest(
                Pruned(now).Codes,
                new IssuedCode(hash, NextFamily, scope, redirectUri, codeChallenge, now + CodeLifetime, IsUsed: false),
                MaxCodes),
            NextFamily = NextFamily + 1,
        };

    /// <summary>A pair of a new family, without any code: an application calendar was opened.</summary>
    /// <param name="scope">What it permits.</param>
    /// <param name="access">SHA-256 of the new access token.</param>
    /// <param name="refresh">SHA-256 of the new refresh token.</param>
    /// <param name="now">When.</param>
    public TokenLedger WithPair(string scope, ImmutableArray<byte> access, ImmutableArray<byte> refresh, Instant now)
    {
        TokenLedger next = Pruned(now).Issue(NextFamily, 0, scope, access, now).Keep(NextFamily, 0, scope, refresh);
        return next with { NextFamily = NextFamily + 1 };
    }

    /// <summary>Exchanges a code (RFC 6749 4.1.3, RFC 7636 4.6). The client was checked before.</summary>
    /// <param name="code">SHA-256 of the code.</param>
    /// <param name="redirectUri">As sent; null when it was not.</param>
    /// <param name="verifier">As sent; null when it was not.</param>
    /// <param name="access">SHA-256 of the access token to be.</param>
    /// <param name="refresh">SHA-256 of the refresh token to be.</param>
    /// <param name="now">When.</param>
    public LedgerAnswer Redeem(
        ImmutableArray<byte> code,
        string? redirectUri,
        string? verifier,
        ImmutableArray<byte> access,
        ImmutableArray<byte> refresh,
        Instant now)
    {
        if (Codes.FirstOrDefault(c => Same(c.Hash, code)) is not { } found)
        {
            return LedgerAnswer.Refused(TokenErrors.InvalidGrant);
        }

        if (found.IsUsed)
        {
            return LedgerAnswer.Refused(TokenErrors.InvalidGrant, WithoutFamily(found.Family));
        }

        // A wrong redirect URI or verifier does not burn the code: whoever sends it has only guessed what it is bound to.
        if (now >= found.ExpiresAt || found.RedirectUri != redirectUri || !Pkce.Answers(verifier, found.CodeChallenge))
        {
            return LedgerAnswer.Refused(TokenErrors.InvalidGrant);
        }

        TokenLedger next = this with { Codes = Codes.Replace(found, found with { IsUsed = true }) };
        next = next.Pruned(now).Issue(found.Family, 0, found.Scope, access, now).Keep(found.Family, 0, found.Scope, refresh);
        return new LedgerAnswer(next, null, found.Scope, KeepsRefreshToken: false);
    }

    /// <summary>A new access token for a refresh token (RFC 6749 section 6).</summary>
    /// <param name="token">SHA-256 of the refresh token as sent.</param>
    /// <param name="scope">A narrower scope asked for; null for the whole.</param>
    /// <param name="rotates">The application's setting.</param>
    /// <param name="access">SHA-256 of the access token to be.</param>
    /// <param name="refresh">SHA-256 of the refresh token to be, should it rotate.</param>
    /// <param name="now">When.</param>
    public LedgerAnswer Renew(
        ImmutableArray<byte> token,
        string? scope,
        bool rotates,
        ImmutableArray<byte> access,
        ImmutableArray<byte> refresh,
        Instant now)
    {
        if (Refresh.FirstOrDefault(r => Same(r.Hash, token)) is not { } found)
        {
            return LedgerAnswer.Refused(TokenErrors.InvalidGrant);
        }

        string? asked = scope is null ? found.Scope : Scopes.Normalize(scope);
        if (asked is null || !Scopes.IsWithin(asked, found.Scope))
        {
            return LedgerAnswer.Refused(TokenErrors.InvalidScope);
        }

        TokenLedger next = Pruned(now).Superseding(found.Family, found.Generation);
        if (!rotates)
        {
            return new LedgerAnswer(next.Issue(found.Family, found.Generation, asked, access, now), null, asked, true);
        }

        int generation = next.Refresh.Where(r => r.Family == found.Family).Max(r => r.Generation) + 1;
        next = next.Issue(found.Family, generation, asked, access, now).Keep(found.Family, generation, found.Scope, refresh);
        return new LedgerAnswer(next, null, asked, false);
    }

    /// <summary>The access token with this hash, when it is good.</summary>
    /// <param name="hash">SHA-256 of the token.</param>
    /// <param name="now">When.</param>
    public IssuedAccess? Find(ImmutableArray<byte> hash, Instant now)
    {
        // The latest are the likeliest.
        for (int i = Access.Length - 1; i >= 0; i--)
        {
            if (now < Access[i].ExpiresAt && Same(Access[i].Hash, hash))
            {
                return Access[i];
            }
        }

        return null;
    }

    /// <summary>True when this is a good access or refresh token.</summary>
    /// <param name="hash">SHA-256 of the token.</param>
    /// <param name="now">When.</param>
    public bool Knows(ImmutableArray<byte> hash, Instant now) =>
        Find(hash, now) is not null || Refresh.Any(r => Same(r.Hash, hash));

    /// <summary>The use of an access token ends the refresh tokens that its own one replaced.</summary>
    /// <param name="used">The token used.</param>
    /// <returns>What to store; null when nothing changes.</returns>
    public TokenLedger? AfterUseOf(IssuedAccess used) =>
        Refresh.Any(r => r.Family == used.Family && r.Generation < used.Generation)
            ? Superseding(used.Family, used.Generation)
            : null;

    private static bool Same(ImmutableArray<byte> left, ImmutableArray<byte> right) =>
        !right.IsDefault && CryptographicOperations.FixedTimeEquals(left.AsSpan(), right.AsSpan());

    private static ImmutableArray<T> Latest<T>(ImmutableArray<T> all, T added, int most) =>
        all.Length < most ? all.Add(added) : [.. all.Skip(all.Length - most + 1), added];

    private TokenLedger Issue(int family, int generation, string scope, ImmutableArray<byte> hash, Instant now) =>
        this with { Access = Latest(Access, new IssuedAccess(hash, family, generation, scope, now + AccessLifetime), MaxAccess) };

    private TokenLedger Keep(int family, int generation, string scope, ImmutableArray<byte> hash) =>
        this with { Refresh = Latest(Refresh, new IssuedRefresh(hash, family, generation, scope), MaxRefresh) };

    private TokenLedger Superseding(int family, int generation) =>
        this with { Refresh = Refresh.RemoveAll(r => r.Family == family && r.Generation < generation) };

    private TokenLedger WithoutFamily(int family) => this with
    {
        Access = Access.RemoveAll(a => a.Family == family),
        Refresh = Refresh.RemoveAll(r => r.Family == family),
    };

    private TokenLedger Pruned(Instant now) => this with
    {
        Codes = Codes.RemoveAll(c => now >= (c.IsUsed ? c.ExpiresAt + CodeMemory : c.ExpiresAt)),
        Access = Access.RemoveAll(a => now >= a.ExpiresAt),
    };
}
