using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

/// <remarks>The row is a debt: the sweep of owed work comes back until the request has ended or expired.</remarks>
[GrainType("authorization-request")]
internal sealed partial class AuthorizationRequestGrain(
    [PersistentState(StorageNames.AuthorizationRequest, StorageNames.Provider)]
    IPersistentState<AuthorizationRequestState> state,
    IProviderCatalog providers,
    ProviderTrip trips,
    RequestLinking linking,
    RequestProfiles profiles,
    DerivedKeys keys,
    TimeProvider time,
    ILogger<AuthorizationRequestGrain> logger) : Grain, IAuthorizationRequestGrain
{
    private const int MaxAttempts = 20;
    private static readonly Duration Lifetime = Duration.FromMinutes(15);

    private string RequestId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task Begin(BeginAuthorization request, CancellationToken cancellationToken)
    {
        string? personId = request.AvoidsLinking ? null : request.PersonId;
        string? provider = providers.Find(request.ProviderName ?? "") is null ? null : request.ProviderName;
        ConnectionSummary? usual = personId is null || request.IsLinked
            ? null
            : await profiles.UsualAsync(personId, provider, cancellationToken);
        await Store(
            AuthorizationRequestState.Asked(request, Now + Lifetime, provider, personId, usual?.ConnectionId), cancellationToken);
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
            now.Stage,
            now.ApplicationName,
            now.Scope,
            profiles.OfferedTo(now),
            now.ProviderName,
            await profiles.OfAsync(now, cancellationToken),
            now.ConnectionId is null ? null : now.Remembered);
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

        if (await IsExhausted())
        {
            return ConnectOutcome.TooManyAttempts;
        }

        // Counted before it is tried, so that ending the process does not give attempts back.
        await Store(Attempted(), cancellationToken);
        ProviderResult<ProviderAccount> result = await provider.ConnectAsync(login.ToAccess(), cancellationToken);
        return result.IsSuccess
            ? await Linked(
                await linking.LinkAsync(RequestId, state.State, new ProvedAccount(result.Value, null), cancellationToken), cancellationToken)
            : Failed(login.ProviderName, result.Fault);
    }

    public async Task<Departure> Depart(
        ImmutableArray<byte> browserHash, string providerName, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash))
        {
            return new Departure(ConnectOutcome.Expired, null);
        }

        if (trips.LoginOf(providerName) is null || (state.State.RelinkOf is not null && state.State.ProviderName != providerName))
        {
            return new Departure(ConnectOutcome.NotOffered, null);
        }

        if (await IsExhausted())
        {
            return new Departure(ConnectOutcome.TooManyAttempts, null);
        }

        TripState trip = new(providerName, [.. RandomNumberGenerator.GetBytes(16)]);
        await Store(Attempted() with { Trip = trip }, cancellationToken);
        string? hint = state.State.RelinkOf is { } broken ? await profiles.EmailOfAsync(broken, cancellationToken) : null;
        return new Departure(null, trips.AddressOf(RequestId, trip, hint)!.AbsoluteUri);
    }

    public async Task<ConnectOutcome> Arrive(
        ImmutableArray<byte> browserHash, ProviderArrival arrival, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash)
            || state.State.Trip is not { } trip || !trips.IsReturn(RequestId, trip, arrival.Proof))
        {
            return ConnectOutcome.Expired;
        }

        // The way back is used up before it is used: a code is good once, whoever brings it again.
        await Store(state.State with { Trip = null }, cancellationToken);
        if (arrival.Code is not { } code)
        {
            return arrival.IsDenied ? ConnectOutcome.Denied : ConnectOutcome.RefusedByProvider;
        }

        ProviderResult<ProvedAccount> proved = await trips.ExchangeAsync(RequestId, trip, code, cancellationToken);
        return proved.IsSuccess
            ? await Linked(await linking.LinkAsync(RequestId, state.State, proved.Value, cancellationToken), cancellationToken)
            : Failed(trip.ProviderName, proved.Fault);
    }

    public async Task<ConnectOutcome> ContinueAsOwner(
        ImmutableArray<byte> browserHash, CancellationToken cancellationToken) =>
        IsOpenFor(browserHash)
            ? await Linked(await linking.ContinueAsync(RequestId, state.State, cancellationToken), cancellationToken)
            : ConnectOutcome.Expired;

    public async Task<RequestEnd?> Allow(ImmutableArray<byte> browserHash, CancellationToken cancellationToken)
    {
        if (!IsOpenFor(browserHash) || state.State.Stage is not RequestStage.Consent)
        {
            return null;
        }

        AuthorizationRequestState now = state.State;
        string code = await GrainFactory.GetGrain<IGrantGrain>(GrainKeys.Grant(keys, now.ClientId, now.PersonId!)).Authorize(
            new AuthorizeGrant(
                now.ClientId, now.PersonId!, now.Scope, now.RedirectUri, now.CodeChallenge, now.ConnectionId!),
            cancellationToken);
        await End();
        return new RequestEnd(now.RedirectUri, now.State, code, now.Remembered);
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

    private AuthorizationRequestState Attempted() =>
        state.State with { Attempts = state.State.Attempts + 1, Pending = null, PendingOwner = null };

    private async Task<ConnectOutcome> Linked(
        (ConnectOutcome Outcome, AuthorizationRequestState Next) link, CancellationToken cancellationToken)
    {
        await Store(link.Next, cancellationToken);
        if (link.Outcome == ConnectOutcome.Connected)
        {
            LogLinked(RequestId, link.Next.ConnectionId!);
        }

        return link.Outcome;
    }

    private async Task<bool> IsExhausted()
    {
        bool isExhausted = state.State.Attempts >= MaxAttempts;
        await (isExhausted ? End() : Task.CompletedTask);
        return isExhausted;
    }

    private ConnectOutcome Failed(string providerName, ProviderFault fault)
    {
        LogLoginFailed(RequestId, providerName, fault.Kind);
        return fault.Kind.ToOutcome();
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
