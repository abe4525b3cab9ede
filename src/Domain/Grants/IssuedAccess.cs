using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Grants;

/// <summary>An access token that was given out.</summary>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Family">What it descends from.</param>
/// <param name="Generation">Of the refresh token that came with it.</param>
/// <param name="Scope">What it permits; may be less than its family's.</param>
/// <param name="ExpiresAt">Worthless from then on.</param>
public sealed record IssuedAccess(ImmutableArray<byte> Hash, int Family, int Generation, string Scope, Instant ExpiresAt);
