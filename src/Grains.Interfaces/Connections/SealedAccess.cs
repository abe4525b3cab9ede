using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>The one way in which a provider credential is sealed, opened and stored.</summary>
public static class SealedAccess
{
    /// <summary>Where a connection's credential is stored.</summary>
    public static SecretPlace PlaceOf(string connectionId) => new("connection", connectionId, "access");

    /// <summary>Seals a credential for a person at a connection.</summary>
    public static ValueTask<SealedSecret> SealAsync(
        ISecretVault vault, string personId, string connectionId, ProviderAccess access, CancellationToken cancellationToken) =>
        vault.SealAsync(personId, PlaceOf(connectionId), JsonSerializer.SerializeToUtf8Bytes(access), cancellationToken);

    /// <summary>Opens it; null when the person's key was destroyed.</summary>
    public static async ValueTask<ProviderAccess?> OpenAsync(
        ISecretVault vault, string connectionId, SealedSecret secret, CancellationToken cancellationToken) =>
        await vault.OpenAsync(PlaceOf(connectionId), secret, cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize<ProviderAccess>(bytes)
            : null;
}
