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
    public async Task<ClaimAnswer> ClaimAsync(string personId, ProvedAccount proved, CancellationToken cancellationToken)
    {
        ProviderAccount account = proved.Account;
        string connectionId = ConnectionOf(account);
        SealedSecret access = await SealedAccess.SealAsync(vault, personId, connectionId, account.Access, cancellationToken);
        SealedRenewal? renewal = proved.Tokens is { } tokens
            ? await SealedRenewal.SealAsync(
                vault, personId, connectionId, tokens.With(account.Access.Secret), cancellationToken)
            : null;
        var claim = new ClaimConnection(
            personId,
            account.Access.ProviderName,
            account.ProfileName,
            account.Email,
            access,
            [.. account.Calendars.Select(calendar => Found(connectionId, calendar))],
            renewal);
        return await grains.GetGrain<IConnectionGrain>(connectionId).Claim(claim, cancellationToken);
    }

    public ValueTask<SealedSecret> SealAsync(
        string requestId, string owner, ProvedAccount proved, CancellationToken cancellationToken) =>
        vault.SealAsync(owner, PlaceOf(requestId), JsonSerializer.SerializeToUtf8Bytes(proved), cancellationToken);

    public async ValueTask<ProvedAccount?> OpenAsync(
        string requestId, SealedSecret secret, CancellationToken cancellationToken) =>
        await vault.OpenAsync(PlaceOf(requestId), secret, cancellationToken) is { } bytes
            && JsonSerializer.Deserialize<ProvedAccount>(bytes) is { Account: not null } proved
            ? proved
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
