using System.Security.Cryptography;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Authorization;

/// <summary>Joins a proved login to the person of a request: decides whose it is, and what the request becomes.</summary>
internal sealed class RequestLinking(IGrainFactory grains, ProvedLogin logins)
{
    /// <summary>What trying came to, and the request as it must be stored; the same when nothing changed.</summary>
    public async Task<(ConnectOutcome Outcome, AuthorizationRequestState Next)> LinkAsync(
        string requestId, AuthorizationRequestState request, ProvedAccount proved, CancellationToken cancellationToken)
    {
        if (request.RelinkOf is { } connectionId)
        {
            return await RelinkAsync(connectionId, request, proved, cancellationToken);
        }

        string personId = request.PersonId ?? GrainKeys.Person(RandomNumberGenerator.GetBytes(16));
        ClaimAnswer claim = await logins.ClaimAsync(personId, proved, cancellationToken);
        if (claim.Summary is { } summary)
        {
            return await LinkedAsync(personId, request, summary, cancellationToken);
        }

        if (request.IsLinked)
        {
            return (ConnectOutcome.OwnedElsewhere, request);
        }

        SealedSecret pending = await logins.SealAsync(requestId, claim.OwnerPersonId, proved, cancellationToken);
        return (ConnectOutcome.OwnedByAnother, request with { Pending = pending, PendingOwner = claim.OwnerPersonId });
    }

    /// <summary>The person goes on as the owner of the login that waits for that answer.</summary>
    public async Task<(ConnectOutcome Outcome, AuthorizationRequestState Next)> ContinueAsync(
        string requestId, AuthorizationRequestState request, CancellationToken cancellationToken)
    {
        if (request is not { Pending: { } pending, PendingOwner: { } owner }
            || await logins.OpenAsync(requestId, pending, cancellationToken) is not { } proved
            || (await logins.ClaimAsync(owner, proved, cancellationToken)).Summary is not { } summary)
        {
            return (ConnectOutcome.Expired, request);
        }

        return await LinkedAsync(owner, request, summary, cancellationToken);
    }

    private async Task<(ConnectOutcome Outcome, AuthorizationRequestState Next)> RelinkAsync(
        string connectionId, AuthorizationRequestState request, ProvedAccount proved, CancellationToken cancellationToken)
    {
        if (logins.ConnectionOf(proved.Account) != connectionId)
        {
            return (ConnectOutcome.OtherLogin, request);
        }

        AccessLease lease = await grains.GetGrain<IConnectionGrain>(connectionId).Lease(cancellationToken);
        if (lease.PersonId is not { } owner
            || (await logins.ClaimAsync(owner, proved, cancellationToken)).Summary is not { } summary)
        {
            return (ConnectOutcome.Expired, request);
        }

        return await LinkedAsync(owner, request, summary, cancellationToken);
    }

    /// <summary>The person's list gets it now, so that the consent page shows it; the connection tells them again later.</summary>
    private async Task<(ConnectOutcome Outcome, AuthorizationRequestState Next)> LinkedAsync(
        string personId, AuthorizationRequestState request, ConnectionSummary summary, CancellationToken cancellationToken)
    {
        await grains.GetGrain<IPersonGrain>(personId).Attach(summary, cancellationToken);
        return (
            ConnectOutcome.Connected,
            request with { PersonId = personId, ConnectionId = summary.ConnectionId, Pending = null, PendingOwner = null });
    }
}
