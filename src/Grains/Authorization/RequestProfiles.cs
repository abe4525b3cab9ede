using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Authorization;

/// <summary>The logins that a request's pages show, and those that they offer.</summary>
internal sealed class RequestProfiles(IGrainFactory grains, IProviderCatalog providers)
{
    private static readonly ImmutableArray<string> Connectable =
    [
        ProviderNames.Google, ProviderNames.Office365, ProviderNames.LiveConnect, ProviderNames.Apple, ProviderNames.Fastmail,
        ProviderNames.Nextcloud, ProviderNames.CalDav,
    ];

    /// <summary>The providers that a person can choose from.</summary>
    /// <remarks>Outlook.com is behind the button of Microsoft 365, unless an application asks for it by name.</remarks>
    public ImmutableArray<string> OfferedTo(AuthorizationRequestState request) => Connectable.RemoveAll(name =>
        providers.Find(name) is null || (name == ProviderNames.LiveConnect && request.ProviderName != name));

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

    /// <summary>What to offer first when a login is connected again; null when we do not know.</summary>
    public async Task<string?> EmailOfAsync(string connectionId, CancellationToken cancellationToken) =>
        (await grains.GetGrain<IConnectionGrain>(connectionId).Summary(cancellationToken))?.Email;

    private async Task<ImmutableArray<ConnectionSummary>> WorkingAsync(string personId, CancellationToken cancellationToken)
    {
        PersonView person = await grains.GetGrain<IPersonGrain>(personId).View(cancellationToken);
        return person.Connections.RemoveAll(c => c.State is not ConnectionState.Connected);
    }
}
