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
