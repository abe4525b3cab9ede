using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Authorization;

/// <summary>The logins that a request's pages show.</summary>
internal sealed class RequestProfiles(IGrainFactory grains)
{
    /// <summary>The person's working logins; of a login to reconnect only that one, as it stands.</summary>
    public async Task<ImmutableArray<ConnectionSummary>> OfAsync(
        AuthorizationRequestState request, CancellationToken cancellationToken)
    {
        if (request.RelinkOf is { } relinkOf)
        {
            return await grains.GetGrain<IConnectionGrain>(relinkOf).Summary(cancellationToken) is { } one ? [one] : [];
        }

        return request.ConnectionId is null ? [] : await WorkingAsync(request.PersonId!, cancellationToken);
    }

    /// <summary>The login that a returning person goes on with: the latest that works and is of the provider asked for.</summary>
    public async Task<ConnectionSummary?> UsualAsync(
        string personId, string? providerName, CancellationToken cancellationToken) =>
        (await WorkingAsync(personId, cancellationToken))
            .LastOrDefault(c => providerName is null || c.ProviderName == providerName);

    private async Task<ImmutableArray<ConnectionSummary>> WorkingAsync(string personId, CancellationToken cancellationToken)
    {
        PersonView person = await grains.GetGrain<IPersonGrain>(personId).View(cancellationToken);
        return person.Connections.RemoveAll(c => c.State is not ConnectionState.Connected);
    }
}
