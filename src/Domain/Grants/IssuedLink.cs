using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Grants;

/// <summary>A link token that was issued.</summary>
/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="ExpiresAt">Good before then.</param>
public sealed record IssuedLink(ImmutableArray<byte> Hash, Instant ExpiresAt);
