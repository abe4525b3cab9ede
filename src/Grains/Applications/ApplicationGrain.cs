using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Applications;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CalendarActors.Grains.Applications;

/// <remarks>
/// View, Authenticate, SigningSecrets, Lease and Upload interleave: they read <see cref="_current"/>, which is replaced only after a write has
/// succeeded, and the budget, which no method holds across an await.
/// Deleting: the outbox row first, then the registration, then (outside the turn) grants, keys, list; the outbox row last.
/// </remarks>
[GrainType("application")]
internal sealed partial class ApplicationGrain(
    [PersistentState(StorageNames.Application, StorageNames.Provider)] IPersistentState<ApplicationState> state,
    [PersistentState(StorageNames.ApplicationOutbox, StorageNames.Provider)] IPersistentState<ApplicationOutboxState> outbox,
    IDirectory directory,
    ISecretVault vault,
    DerivedKeys keys,
    IOptions<RateLimitOptions> limits,
    TimeProvider time,
    ILogger<ApplicationGrain> logger) : Grain, IApplicationGrain
{
    private const int MaxSecrets = 5;
    private const int GrantsAtOnce = 100;
    private readonly RateBudget _budget = new(limits.Value.PerSecond, limits.Value.PerMinute);
    private ApplicationState? _current;
    private Task? _purge;

    private string ClientId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = state.RecordExists && !outbox.RecordExists ? state.State : null;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _purge ?? Task.CompletedTask;

    public async Task<NewSecret> Register(RegisterApplication request, CancellationToken cancellationToken)
    {
        if (state.RecordExists || outbox.RecordExists)
        {
            throw new InvalidOperationException("There is an application of this id already.");
        }

        // The list first: one that lists too much is put right when it is read, one that lists too little is not.
        await directory.PutAsync(
            new DirectoryEntry(DirectoryKinds.Application, ClientId, "", request.Name), cancellationToken);
        (NewSecret secret, StoredSecret stored) = await MintSecret(cancellationToken);
        await Commit(
            new ApplicationState
            {
                Name = request.Name,
                RedirectUris = request.RedirectUris,
                RotatesRefreshTokens = request.RotatesRefreshTokens,
                Secrets = [stored],
                Created = Now,
            },
            cancellationToken);
        LogRegistered(ClientId);
        return secret;
    }

    public Task<ApplicationView?> View(CancellationToken cancellationToken) => Task.FromResult(
        _current is null
            ? null
            : new ApplicationView(
                ClientId,
                _current.Name,
                _current.RedirectUris,
                _current.RotatesRefreshTokens,
                [.. _current.Secrets.Select(s => new SecretView(s.Id, s.Created))],
                _current.Created));

    public async Task<AddSecretAnswer> AddSecret(CancellationToken cancellationToken)
    {
        if (_current is null || _current.Secrets.Length >= MaxSecrets)
        {
            return new AddSecretAnswer(_current is not null, null);
        }

        (NewSecret secret, StoredSecret stored) = await MintSecret(cancellationToken);
        await Commit(_current with { Secrets = _current.Secrets.Add(stored) }, cancellationToken);
        return new AddSecretAnswer(true, secret);
    }

    public async Task<RemoveSecretOutcome> RemoveSecret(string secretId, CancellationToken cancellationToken)
    {
        if (_current?.Secrets.FirstOrDefault(s => s.Id == secretId) is not { } found)
        {
            return RemoveSecretOutcome.NotFound;
        }

        if (_current.Secrets.Length == 1)
        {
            return RemoveSecretOutcome.LastOne;
        }

        await Commit(_current with { Secrets = _current.Secrets.Remove(found) }, cancellationToken);
        return RemoveSecretOutcome.Removed;
    }

    public async Task<bool> Delete(CancellationToken cancellationToken)
    {
        if (!state.RecordExists && !outbox.RecordExists)
        {
            return false;
        }

        if (!outbox.RecordExists)
        {
            await outbox.CommitAsync(new ApplicationOutboxState { DeletedAt = Now }, DeactivateOnIdle, cancellationToken);
            LogDeleted(ClientId);
        }

        _current = null;
        StartPurge();
        return true;
    }

    public Task<AuthenticatedClient?> Authenticate(
        ImmutableArray<byte> secretHash, CancellationToken cancellationToken)
    {
        bool isKnown = false;
        foreach (StoredSecret secret in _current?.Secrets ?? [])
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(secret.Hash.AsSpan(), secretHash.AsSpan());
        }

        return Task.FromResult(isKnown ? new AuthenticatedClient(ClientId, _current!.RotatesRefreshTokens) : null);
    }

    public Task<ImmutableArray<SigningSecret>> SigningSecrets(CancellationToken cancellationToken) => Task.FromResult(
        _current is null ? [] : _current.Secrets.Select(s => new SigningSecret(s.Id, s.Sealed)).ToImmutableArray());

    public Task<RateLease> Lease(int wanted, int unused, CancellationToken cancellationToken)
    {
        if (_current is null)
        {
            return Task.FromResult(new RateLease(IsGone: true, 0, 0));
        }

        (int given, int retryAfter) = _budget.Take(Now, Math.Max(1, wanted), Math.Max(0, unused));
        return Task.FromResult(new RateLease(IsGone: false, given, retryAfter));
    }

    public async Task<string?> Upload(AttachmentContent file, CancellationToken cancellationToken)
    {
        string id = GrainKeys.Attachment(RandomNumberGenerator.GetBytes(12));
        return _current is not null
            && await GrainFactory.Attachment(id).Store(new StoreAttachment(ClientId, file), cancellationToken) ? id : null;
    }

    public Task Wake(CancellationToken cancellationToken)
    {
        if (outbox.RecordExists)
        {
            StartPurge();
        }

        return Task.CompletedTask;
    }

    private async Task<(NewSecret Secret, StoredSecret Stored)> MintSecret(CancellationToken cancellationToken)
    {
        Token token = Token.Mint(
            TokenKind.ClientSecret, ClientId, ClientId, RandomNumberGenerator.GetBytes(32), keys.TokenMac.Span);
        string id = GrainKeys.Secret(RandomNumberGenerator.GetBytes(8));
        SealedSecret sealedSecret = await vault.SealAsync(
            ClientId, SigningSecret.PlaceIn(ClientId, id), Encoding.ASCII.GetBytes(token.Text), cancellationToken);
        return (new NewSecret(id, token.Text), new StoredSecret(id, [.. token.Hash], sealedSecret, Now));
    }

    private async Task Commit(ApplicationState next, CancellationToken cancellationToken)
    {
        await state.CommitAsync(next, DeactivateOnIdle, cancellationToken);
        _current = next;
    }

    private void StartPurge()
    {
        if (_purge is null or { IsCompleted: true })
        {
            _purge = Purge();
        }
    }

    /// <summary>Outside the turn that asked for it. Repeats harmlessly; the sweep comes back until the outbox row is gone.</summary>
    private async Task Purge()
    {
        await Task.Yield();
        try
        {
            IReadOnlyList<DirectoryEntry> grants;
            do
            {
                grants = await directory.ListAsync(
                    DirectoryKinds.Grant, ClientId, null, GrantsAtOnce, CancellationToken.None);
                foreach (DirectoryEntry grant in grants)
                {
                    await GrainFactory.GetGrain<IGrantGrain>(grant.Key).Revoke(ClientId, CancellationToken.None);
                    await directory.RemoveAsync(DirectoryKinds.Grant, grant.Key, CancellationToken.None);
                }
            }
            while (grants.Count > 0);

            await vault.DestroyAsync(ClientId, CancellationToken.None);
            if (state.RecordExists)
            {
                await state.ClearStateAsync();
            }

            await directory.RemoveAsync(DirectoryKinds.Application, ClientId, CancellationToken.None);
            if (outbox.RecordExists)
            {
                await outbox.ClearStateAsync();
            }

            LogPurged(ClientId);
        }
        catch (Exception fault)
        {
            LogPurgeFailed(fault, ClientId);
        }
    }
}
