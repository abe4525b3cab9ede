using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Attachments;

/// <summary>A file's own key. It seals the file once; who may open it has it sealed with theirs.</summary>
/// <remarks>So that a file in many calendars is stored once, and each person's part ends with that person's key.</remarks>
internal sealed class FileKey(string attachmentId, byte[] key)
{
    private const string GrainType = "attachment";

    /// <summary>A new one.</summary>
    public static FileKey New(string attachmentId) => new(attachmentId, RandomNumberGenerator.GetBytes(SecretEnvelope.KeySize));

    /// <summary>Opens one that was sealed; null when the owner's key was destroyed.</summary>
    /// <param name="attachmentId">Whose key it is.</param>
    /// <param name="vault">Opens.</param>
    /// <param name="use">The calendar whose person has it; null for the application.</param>
    /// <param name="secret">As sealed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async ValueTask<FileKey?> OpenAsync(
        string attachmentId, ISecretVault vault, string? use, SealedSecret secret, CancellationToken cancellationToken) =>
        await vault.OpenAsync(PlaceOf(attachmentId, use), secret, cancellationToken) is { } key ? new FileKey(attachmentId, key) : null;

    /// <summary>Seals the key for an owner.</summary>
    /// <param name="vault">Seals.</param>
    /// <param name="owner">A person or an application.</param>
    /// <param name="use">The calendar, for a person; null for an application.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public ValueTask<SealedSecret> SealAsync(ISecretVault vault, string owner, string? use, CancellationToken cancellationToken) =>
        vault.SealAsync(owner, PlaceOf(attachmentId, use), key, cancellationToken);

    /// <summary>Seals a part of the file.</summary>
    public SealedSecret Seal(string field, ReadOnlySpan<byte> plain) => SecretEnvelope.Seal(
        RandomNumberGenerator.GetBytes(SecretEnvelope.KeyIdSize),
        key,
        RandomNumberGenerator.GetBytes(SecretEnvelope.NonceSize),
        new SecretPlace(GrainType, attachmentId, field),
        plain);

    /// <summary>Opens a part of the file.</summary>
    public byte[] Open(string field, SealedSecret secret) =>
        SecretEnvelope.Open(key, new SecretPlace(GrainType, attachmentId, field), secret);

    /// <summary>Prints nothing of it.</summary>
    public override string ToString() => "FileKey";

    private static SecretPlace PlaceOf(string attachmentId, string? use) =>
        new(GrainType, attachmentId, use is null ? "key" : $"key {use}");
}
