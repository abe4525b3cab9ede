using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>Keeps the access token of a connection good: one renewal at a time, however many wait for it.</summary>
/// <remarks>
/// What a renewal gives is stored before anybody can borrow it: a provider may have made the old renewal worthless. Runs
/// on the grain's scheduler, so only the awaits inside it let others in, and those find the renewal running.
/// </remarks>
internal sealed class TokenRenewal(string connectionId, ConnectionRows rows, ConnectionRefusals refusals, SyncParts parts)
{
    // Renewed so long before its end: few calls that borrow a token last longer.
    private static readonly Duration Margin = Duration.FromMinutes(5);

    // A token that is born old is not renewed again for so long, whatever our clock and the provider's think of it.
    private static readonly Duration Rest = Duration.FromSeconds(30);

    private Task _running = Task.CompletedTask;
    private FaultRecord? _failed;
    private Instant? _renewed;
    private long? _distrusted;

    /// <summary>Why there is no good token; null when there is one.</summary>
    public ProviderFault? Fault =>
        IsUsable ? null
        : _failed is { } f ? new ProviderFault(f.Kind, f.Detail, f.NotBefore)
        : new ProviderFault(ProviderFaultKind.Transient, "The access token waits to be renewed.");

    /// <summary>True when what is stored can be borrowed: a password, or a token that lives and that nobody refused.</summary>
    private bool IsUsable => rows.Tokens.Renewal is not { } renewal
        || (renewal.ExpiresAt > parts.Now && rows.Tokens.Version != _distrusted);

    private bool IsDue
    {
        get
        {
            if (rows.Tokens.Renewal is not { } renewal || rows.Meta is not { PersonId: not null, State: ConnectionState.Connected })
            {
                return false;
            }

            Instant now = parts.Now;
            bool isOld = renewal.ExpiresAt - Margin <= now && !(_renewed + Rest > now && renewal.ExpiresAt > now);
            return (isOld || rows.Tokens.Version == _distrusted) && !(_failed?.NotBefore > now);
        }
    }

    /// <summary>The provider refused this access token: it is renewed before it is lent again.</summary>
    public void Distrust(long tokenVersion) => _distrusted = tokenVersion;

    /// <summary>Renews the token when it is time; otherwise, and after a failure, just returns.</summary>
    public Task EnsureFreshAsync(CancellationToken cancellationToken)
    {
        if (_running.IsCompleted)
        {
            if (!IsDue)
            {
                return Task.CompletedTask;
            }

            _running = RenewAsync();
        }

        return _running.WaitAsync(cancellationToken);
    }

    /// <summary>The credential, renewed when it is time; null when there is none that is good.</summary>
    public async Task<ProviderAccess?> OpenAsync(CancellationToken cancellationToken)
    {
        await EnsureFreshAsync(cancellationToken);
        return IsUsable && rows.Tokens.Access is { } secret
            ? await SealedAccess.OpenAsync(parts.Vault, connectionId, secret, cancellationToken)
            : null;
    }

    /// <summary>The same, still sealed, with what its borrower must know.</summary>
    public async Task<AccessLease> LeaseAsync(CancellationToken cancellationToken)
    {
        await EnsureFreshAsync(cancellationToken);
        ConnectionMetaState m = rows.Meta;
        if (m.PersonId is null)
        {
            return new AccessLease(ConnectionState.Revoked, null, null, 0, null);
        }

        bool isLent = m.State == ConnectionState.Connected && IsUsable;
        Instant? notBefore = Fault?.NotBefore is { } stale && !(m.NotBefore > stale) ? stale : m.NotBefore;
        return new AccessLease(
            m.State,
            m.PersonId,
            isLent ? rows.Tokens.Access : null,
            rows.Tokens.Version,
            notBefore,
            Addresses: MailAddresses.Among(m.Email, m.ProfileName));
    }

    /// <summary>1. Open the renewal. 2. Ask the provider. 3. Seal. 4. Store. Nobody's cancellation ends it half-way.</summary>
    private async Task RenewAsync()
    {
        ConnectionTokensState consumed = rows.Tokens;
        (string person, string name) = (rows.Meta.PersonId!, rows.Meta.ProviderName);
        if (parts.Catalog.Find(name)?.Login is not { } login)
        {
            Failed(new ProviderFault(ProviderFaultKind.Transient, "This installation does not offer the provider (any more)."));
            return;
        }

        if (await consumed.Renewal!.OpenAsync(parts.Vault, connectionId, CancellationToken.None) is not { } renewal)
        {
            Failed(new ProviderFault(ProviderFaultKind.Rejected, "The person's key is gone."));
            return;
        }

        ProviderResult<OAuthTokens> answer = await login.RefreshAsync(name, renewal, CancellationToken.None);
        if (!answer.IsSuccess)
        {
            Failed(answer.Fault);
            if (answer.Fault.Kind == ProviderFaultKind.AuthDead)
            {
                await refusals.NoteAsync(consumed.Version, answer.Fault.Detail);
            }

            return;
        }

        ProviderAccess access = new(name, null, null, answer.Value.AccessToken);
        await rows.RenewTokensAsync(consumed, consumed with
        {
            Access = await SealedAccess.SealAsync(parts.Vault, person, connectionId, access, CancellationToken.None),
            Renewal = await SealedRenewal.SealAsync(parts.Vault, person, connectionId, answer.Value, CancellationToken.None),
            Version = consumed.Version + 1,
        });
        _failed = null;
        _renewed = parts.Now;
    }

    private void Failed(ProviderFault fault)
    {
        _failed = FaultRules.After(_failed, fault, parts.Now, Chance.Of(connectionId, _failed?.Count ?? 0));
        parts.Log.RenewalFailed(connectionId, fault.Kind, _failed.Count, fault.Detail);
    }
}
