using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Grants;

/// <summary>An authorization code that was given out (RFC 6749 4.1.2).</summary>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Family">What it leads to, see <see cref="TokenLedger"/>.</param>
/// <param name="Scope">What it may be exchanged for.</param>
/// <param name="RedirectUri">Where it was sent; must come again.</param>
/// <param name="CodeChallenge">S256 challenge; null without PKCE.</param>
/// <param name="ExpiresAt">Worthless from then on.</param>
/// <param name="IsUsed">True once it was exchanged: kept so that a second use is noticed.</param>
public sealed record IssuedCode(
    ImmutableArray<byte> Hash,
    int Family,
    string Scope,
    string RedirectUri,
    string? CodeChallenge,
    Instant ExpiresAt,
    bool IsUsed);

/// <summary>An access token that was given out.</summary>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Family">What it descends from.</param>
/// <param name="Generation">Of the refresh token that came with it.</param>
/// <param name="Scope">What it permits; may be less than its family's.</param>
/// <param name="ExpiresAt">Worthless from then on.</param>
public sealed record IssuedAccess(ImmutableArray<byte> Hash, int Family, int Generation, string Scope, Instant ExpiresAt);

/// <summary>A refresh token that was given out; it does not expire by itself.</summary>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Family">What it descends from.</param>
/// <param name="Generation">0 for a family's first; a rotated one has a higher number.</param>
/// <param name="Scope">The most that it may be used for.</param>
public sealed record IssuedRefresh(ImmutableArray<byte> Hash, int Family, int Generation, string Scope);
