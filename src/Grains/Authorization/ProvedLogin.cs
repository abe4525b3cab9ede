using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Grains.Authorization;

/// <summary>Turns a login that its provider accepted into a claim, and keeps it sealed while its owner is asked.</summary>
internal sealed class ProvedLogin(IGrainFactory grains, ISecretVault vault, DerivedKeys keys)
{
    /// <summary>The connection that the login is, whoever has it.</summary>
    public string ConnectionOf(ProviderAccount account) =>
        GrainKeys.Connection(keys, account.Access.ProviderName, account.Issuer, account.Subject);

    /// <summary>Claims it for a person; somebody else may have it already.</summary>
    public async Task<ClaimAnswer> ClaimAsync(string personId, ProviderAccount account, CancellationToken cancellationToken)
    {
        string connectionId = ConnectionOf(account);
        SealedSecret access = await SealedAccess.SealAsync(vault, personId, connectionId, account.Access, cancellationToken);
        var claim = new ClaimConnection(
            personId,
            account.Access.ProviderName,
            account.ProfileName,
            account.Email,
            access,
            [.. account.Calendars.Select(calendar => Found(connectionId, calendar))]);
        return await grains.GetGrain<IConnectionGrain>(connectionId).Claim(claim, cancellationToken);
    }

    public ValueTask<SealedSecret> SealAsync(
        string requestId, string owner, ProviderAccount account, CancellationToken cancellationToken) =>
        vault.SealAsync(owner, PlaceOf(requestId), JsonSerializer.SerializeToUtf8Bytes(account), cancellationToken);

    public async ValueTask<ProviderAccount?> OpenAsync(
        string requestId, SealedSecret secret, CancellationToken cancellationToken) =>
        await vault.OpenAsync(PlaceOf(requestId), secret, cancellationToken) is { } bytes
            ? JsonSerializer.Deserialize<ProviderAccount>(bytes)
            : null;

    private static SecretPlace PlaceOf(string requestId) => new("authorization-request", requestId, "pending");

    private FoundCalendar Found(string connectionId, ProviderCalendar calendar) => new(
        calendar.Id,
        new CalendarSummary(
            GrainKeys.Calendar(keys, connectionId, calendar.Id),
            calendar.Name,
            calendar.IsReadOnly,
            IsDeleted: false,
            calendar.IsPrimary,
            calendar.Color,
            calendar.ZoneId));
}
