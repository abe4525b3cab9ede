using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;

namespace CalendarActors.Domain.Grants;

/// <summary>The link tokens of one grant that are good: each once, and for five minutes. Hashes only.</summary>
/// <param name="Links">Oldest first; of too many the oldest die.</param>
public sealed record LinkLedger(ImmutableArray<IssuedLink> Links)
{
    /// <summary>The most that are good at one time.</summary>
    public const int MaxLinks = 16;

    /// <summary>How long one is good.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(5);

    /// <summary>One more.</summary>
    /// <param name="hash">SHA-256 of the token.</param>
    /// <param name="now">When.</param>
    public LinkLedger With(ImmutableArray<byte> hash, Instant now)
    {
        ImmutableArray<IssuedLink> good = Links.RemoveAll(l => now >= l.ExpiresAt);
        return new([.. good.Skip(Math.Max(0, good.Length - MaxLinks + 1)), new IssuedLink(hash, now + Lifetime)]);
    }

    /// <summary>Uses one up.</summary>
    /// <param name="hash">SHA-256 of the token as sent.</param>
    /// <param name="now">When.</param>
    /// <returns>What to store; null when there is no such token, or not any more.</returns>
    public LinkLedger? Take(ImmutableArray<byte> hash, Instant now) =>
        !hash.IsDefault && Links.FirstOrDefault(l => now < l.ExpiresAt
            && CryptographicOperations.FixedTimeEquals(l.Hash.AsSpan(), hash.AsSpan())) is { } found
            ? new(Links.Remove(found))
            : null;
}
