using System.Collections.Immutable;

namespace CalendarActors.Domain.Secrets;

/// <summary>An envelope: AES-256-GCM ciphertext that names the data key it needs.</summary>
/// <param name="Bytes">Version (1 byte), key id (16), nonce (12), tag (16), ciphertext.</param>
public sealed record SealedSecret(ImmutableArray<byte> Bytes)
{
    /// <inheritdoc/>
    public bool Equals(SealedSecret? other) => other is not null && Bytes.AsSpan().SequenceEqual(other.Bytes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.Length;

    /// <summary>Prints the length only.</summary>
    public override string ToString() => $"SealedSecret({Bytes.Length} bytes)";
}
