using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>What gets a connection's next access token, as it travels and is stored.</summary>
/// <param name="Secret"><see cref="OAuthTokens.Renewal"/>, sealed for the person at this connection.</param>
/// <param name="ExpiresAt">When the access token beside it dies.</param>
/// <param name="Missing">Permissions that were asked for and not granted, in the provider's words.</param>
[GenerateSerializer, Immutable, Alias("sealed-renewal")]
public sealed record SealedRenewal(
    [property: Id(0)] SealedSecret Secret,
    [property: Id(1)] Instant ExpiresAt,
    [property: Id(2)] ImmutableArray<string> Missing)
{
    /// <summary>Where a connection's renewal is stored.</summary>
    public static SecretPlace PlaceOf(string connectionId) => new("connection", connectionId, "renewal");

    /// <summary>Seals what a provider issued for a person at a connection.</summary>
    public static async ValueTask<SealedRenewal> SealAsync(
        ISecretVault vault, string personId, string connectionId, OAuthTokens tokens, CancellationToken cancellationToken) =>
        new(
            await vault.SealAsync(personId, PlaceOf(connectionId), Encoding.UTF8.GetBytes(tokens.Renewal), cancellationToken),
            tokens.ExpiresAt,
            tokens.Missing);

    /// <summary>Opens it; null when the person's key was destroyed.</summary>
    public async ValueTask<string?> OpenAsync(ISecretVault vault, string connectionId, CancellationToken cancellationToken) =>
        await vault.OpenAsync(PlaceOf(connectionId), Secret, cancellationToken) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"SealedRenewal(until {ExpiresAt})";
}
