namespace CalendarActors.Domain.Secrets;

/// <summary>Seals and opens what must be readable later. A port: the silo keeps a key ring behind it.</summary>
/// <remarks>
/// A data key belongs to an owner (a person or an application); destroying it erases everything sealed with it.
/// </remarks>
public interface ISecretVault
{
    /// <summary>Seals with the owner's data key, which is made when there is none.</summary>
    /// <param name="owner">A grain key: <c>per_…</c> or <c>app_…</c>.</param>
    /// <param name="place">Where it will be stored, as associated data: grain type, key and field, see <see cref="SecretPlace"/>.</param>
    /// <param name="plaintext">What to seal.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<SealedSecret> SealAsync(
        string owner, SecretPlace place, ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken);

    /// <summary>Opens an envelope.</summary>
    /// <param name="place">Where it was stored; another place does not open it.</param>
    /// <param name="secret">The envelope.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The plaintext; null when its data key was destroyed.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The envelope was moved or tampered with.</exception>
    ValueTask<byte[]?> OpenAsync(SecretPlace place, SealedSecret secret, CancellationToken cancellationToken);

    /// <summary>Destroys the owner's data keys, and with them everything sealed under them.</summary>
    /// <param name="owner">A grain key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask DestroyAsync(string owner, CancellationToken cancellationToken);
}
