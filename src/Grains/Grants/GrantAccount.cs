using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Grants;

#pragma warning disable CA1822 // Not every member has reached its calendars yet.

/// <summary>What a grant answers about the person behind it and their profiles.</summary>
internal sealed class GrantAccount(IGrainFactory grains, DerivedKeys keys, IOptions<PublicUrlOptions> publicUrl)
{
    public async Task<GrantAnswer<AccountView>> View(CheckedGrant grant, CancellationToken cancellationToken)
    {
        PersonView person = await grains.GetGrain<IPersonGrain>(grant.PersonId).View(cancellationToken);
        bool showsPerson = Scopes.Permits(grant.Scope, Scopes.ReadAccount);
        ConnectionSummary? first = person.Connections.FirstOrDefault(c => c.State is ConnectionState.Connected)
            ?? person.Connections.FirstOrDefault();
        return GrantAnswer<AccountView>.Ok(new AccountView(
            grant.GrantId,
            grant.Scope,
            showsPerson ? first?.ProfileName : null,
            showsPerson ? first?.Email : null,
            first?.Calendars.FirstOrDefault(c => c.IsPrimary)?.ZoneId,
            person.Connections,
            person.Connections
                .Where(c => c.State is ConnectionState.Disconnected)
                .ToImmutableDictionary(
                    c => c.ConnectionId,
                    c => RelinkLinks.For(keys, publicUrl.Value.Base, c.ConnectionId),
                    StringComparer.Ordinal),
            grant.ApplicationCalendarId));
    }

    public Task<GrantAnswer<Done>> RevokeProfile(
        CheckedGrant grant, string connectionId, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<Done>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<CreatedCalendar>> CreateCalendar(
        CheckedGrant grant, string connectionId, string name, string? color, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<CreatedCalendar>.Of(GrantOutcome.Unavailable));
}
