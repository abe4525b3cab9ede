using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

/// <remarks>The row is a debt: the sweep of owed work comes back until the request has ended or expired.</remarks>
[GrainType("authorization-request")]
internal sealed partial class AuthorizationRequestGrain(
    [PersistentState(StorageNames.AuthorizationRequest, StorageNames.Provider)]
    IPersistentState<AuthorizationRequestState> state,
    IProviderCatalog providers,
    ProvedLogin logins,
    RequestProfiles profiles,
    DerivedKeys keys,
    TimeProvider time,
    ILogger<AuthorizationRequestGrain> logger) : Grain, IAuthorizationRequestGrain
{
    private const int MaxAttempts = 20;
    private static readonly Duration Lifetime = Duration.FromMinutes(15);

    private static readonly ImmutableArray<string> Connectable =
    [
        ProviderNames.Google, ProviderNames.Office365, ProviderNames.LiveConnect, ProviderNames.Apple, ProviderNames.Fastmail,
        ProviderNames.Nextcloud, ProviderNames.CalDav,
    ];

    private string RequestId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task Begin(BeginAuthorization request, CancellationToken cancellationToken)
    {
        string? personId = request.AvoidsLinking ? null : request.PersonId;
        string? provider = providers.Find(request.ProviderName ?? "") is null ? null : request.ProviderName;
        ConnectionSummary? usual = personId is null
            ? null
            : await profiles.UsualAsync(personId, provider, cancellationToken);
        await Store(
            new AuthorizationRequestState
            {
                BrowserHash = request.BrowserHash,
                ExpiresAt = Now + Lifetime,
                ClientId = request.ClientId,
                ApplicationName = request.ApplicationName,
                RedirectUri = request.RedirectUri,
                State = request.State,
                Scope = request.Scope,
                CodeChallenge = request.CodeChallenge,
                ProviderName = provider,
                PersonId = personId,
                ConnectionId = usual?.ConnectionId,
            },
            cancellationToken);
        LogBegun(RequestId, request.ClientId);
    }

    public async Task<bool> BeginRelink(
        ImmutableArray<byte> browserHash, string connectionId, CancellationToken cancellationToken)
    {
        ConnectionSummary? summary = await GrainFactory.GetGrain<IConnectionGrain>(connectionId).Summary(cancellationToken);
        if (summary is null or { State: ConnectionState.Revoked } or { ProviderName: ProviderNames.Native })
        {
            return false;
        }

        await Store(
            new AuthorizationRequestState
            {
                BrowserHash = browserHash,
                ExpiresAt = Now + Lifetime,
                RelinkOf = connectionId,
                ProviderName = summary.ProviderName,
            },
            cancellationToken);
        LogRelinkBegun(RequestId, connectionId);
        return true;
    }

    public async Task<RequestView?> View(ImmutableArray<byte> browserHash, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash))
        {
            return null;
        }

        AuthorizationRequestState now = state.State;
        return new RequestView(
            Stage(now),
            now.ApplicationName,
            now.Scope,
            [.. Connectable.Where(name => providers.Find(name) is not null)],
            now.ProviderName,
            await profiles.OfAsync(now, cancellationToken),
            now.ConnectionId is null ? null : now.PersonId);
    }

    public async Task<ConnectOutcome> Connect(
        ImmutableArray<byte> browserHash, ProviderLogin login, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash))
        {
            return ConnectOutcome.Expired;
        }

        if (providers.Find(login.ProviderName) is not { HasRemote: true } provider)
        {
            return ConnectOutcome.NotOffered;
        }

        if (state.State.Attempts >= MaxAttempts)
        {
            await End();
            return ConnectOutcome.TooManyAttempts;
        }

        // Counted before it is tried, so that ending the process does not give attempts back.
        await Store(state.State with { Attempts = state.State.Attempts + 1, Pending = null, PendingOwner = null }, cancellationToken);
        ProviderResult<ProviderAccount> result = await provider.ConnectAsync(login.ToAccess(), cancellationToken);
        if (!result.IsSuccess)
        {
            LogLoginFailed(RequestId, login.ProviderName, result.Fault.Kind);
            return result.Fault.Kind.ToOutcome();
        }

        return state.State.RelinkOf is { } connectionId
            ? await Relink(connectionId, result.Value, cancellationToken)
            : await Link(result.Value, cancellationToken);
    }

    public async Task<ConnectOutcome> ContinueAsOwner(
        ImmutableArray<byte> browserHash, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash)
            || state.State is not { Pending: { } pending, PendingOwner: { } owner }
            || await logins.OpenAsync(RequestId, pending, cancellationToken) is not { } account)
        {
            return ConnectOutcome.Expired;
        }

        ClaimAnswer claim = await logins.ClaimAsync(owner, account, cancellationToken);
        return claim.Summary is null
            ? ConnectOutcome.Expired
            : await Linked(owner, claim.Summary, cancellationToken);
    }

    public async Task<RequestEnd?> Allow(ImmutableArray<byte> browserHash, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash) || Stage(state.State) is not RequestStage.Consent)
        {
            return null;
        }

        AuthorizationRequestState now = state.State;
        string code = await GrainFactory.GetGrain<IGrantGrain>(GrainKeys.Grant(keys, now.ClientId, now.PersonId!)).Authorize(
            new AuthorizeGrant(
                now.ClientId, now.PersonId!, now.Scope, now.RedirectUri, now.CodeChallenge, now.ConnectionId!),
            cancellationToken);
        await End();
        return new RequestEnd(now.RedirectUri, now.State, code, now.PersonId);
    }

    public async Task<RequestEnd?> Deny(ImmutableArray<byte> browserHash, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash) || state.State.RelinkOf is not null)
        {
            return null;
        }

        AuthorizationRequestState now = state.State;
        await End();
        return new RequestEnd(now.RedirectUri, now.State, null, null);
    }

    public Task Wake(CancellationToken cancellationToken) =>
        state.RecordExists && Now >= state.State.ExpiresAt ? End() : Task.CompletedTask;

    private static RequestStage Stage(AuthorizationRequestState now) => now switch
    {
        { PendingOwner: not null } => RequestStage.ConfirmOwner,
        { ConnectionId: null } => RequestStage.Choose,
        { RelinkOf: not null } => RequestStage.Reconnected,
        _ => RequestStage.Consent,
    };

    private async Task<ConnectOutcome> Link(ProviderAccount account, CancellationToken cancellationToken)
    {
        string personId = state.State.PersonId ?? GrainKeys.Person(RandomNumberGenerator.GetBytes(16));
        ClaimAnswer claim = await logins.ClaimAsync(personId, account, cancellationToken);
        if (claim.Summary is { } summary)
        {
            return await Linked(personId, summary, cancellationToken);
        }

        SealedSecret pending = await logins.SealAsync(RequestId, claim.OwnerPersonId, account, cancellationToken);
        await Store(state.State with { Pending = pending, PendingOwner = claim.OwnerPersonId }, cancellationToken);
        return ConnectOutcome.OwnedByAnother;
    }

    private async Task<ConnectOutcome> Relink(
        string connectionId, ProviderAccount account, CancellationToken cancellationToken)
    {
        if (logins.ConnectionOf(account) != connectionId)
        {
            return ConnectOutcome.OtherLogin;
        }

        AccessLease lease = await GrainFactory.GetGrain<IConnectionGrain>(connectionId).Lease(cancellationToken);
        if (lease.PersonId is not { } owner
            || (await logins.ClaimAsync(owner, account, cancellationToken)).Summary is not { } summary)
        {
            return ConnectOutcome.Expired;
        }

        return await Linked(owner, summary, cancellationToken);
    }

    /// <summary>The person's list gets it now, so that the consent page shows it; the connection tells them again later.</summary>
    private async Task<ConnectOutcome> Linked(
        string personId, ConnectionSummary summary, CancellationToken cancellationToken)
    {
        await GrainFactory.GetGrain<IPersonGrain>(personId).Attach(summary, cancellationToken);
        await Store(
            state.State with { PersonId = personId, ConnectionId = summary.ConnectionId, Pending = null, PendingOwner = null },
            cancellationToken);
        LogLinked(RequestId, summary.ConnectionId);
        return ConnectOutcome.Connected;
    }

    private bool IsOpenFor(ImmutableArray<byte> browserHash) =>
        state.RecordExists && Now < state.State.ExpiresAt
        && CryptographicOperations.FixedTimeEquals(state.State.BrowserHash.AsSpan(), browserHash.AsSpan());

    private Task Store(AuthorizationRequestState next, CancellationToken cancellationToken) =>
        state.CommitAsync(next, DeactivateOnIdle, cancellationToken);

    private async Task End()
    {
        await state.ClearStateAsync();
        DeactivateOnIdle();
    }
}
