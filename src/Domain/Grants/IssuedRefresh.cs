using System.Collections.Immutable;

namespace CalendarActors.Domain.Grants;

/// <summary>A refresh token that was given out; it does not expire by itself.</summary>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="Family">What it descends from.</param>
/// <param name="Generation">0 for a family's first; a rotated one has a higher number.</param>
/// <param name="Scope">The most that it may be used for.</param>
public sealed record IssuedRefresh(ImmutableArray<byte> Hash, int Family, int Generation, string Scope);
