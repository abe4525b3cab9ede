using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Grants;

/// <summary>What a grant answers about the person behind it and their profiles.</summary>
internal sealed class GrantAccount(IGrainFactory grains, DerivedKeys keys, IOptions<PublicUrlOptions> publicUrl)
{
    public async Task<GrantAnswer<AccountView>> View(CheckedGrant grant, CancellationToken cancellationToken)
    {
        PersonView person = await grains.Person(grant.PersonId).View(cancellationToken);
        bool showsPerson = Scopes.Permits(grant.Scope, Scopes.ReadAccount);
        ConnectionSummary? first = person.Connections.FirstOrDefault(c => c.State is ConnectionState.Connected)
            ?? person.Connections.FirstOrDefault();
        return GrantAnswer<AccountView>.Ok(new AccountView(
            grant.GrantId,
            grant.Scope,
            showsPerson && first?.ProfileName is { Length: > 0 } name ? name : null,
            showsPerson ? first?.Email : null,
            first?.Calendars.FirstOrDefault(c => c.IsPrimary)?.ZoneId,
            person.Connections,
            person.Connections
                .Where(c => c.State is ConnectionState.Disconnected)
                .ToImmutableDictionary(
                    c => c.ConnectionId,
                    c => RelinkLinks.For(keys, publicUrl.Value.Base, c.ConnectionId),
                    StringComparer.Ordinal),
            grant.ApplicationCalendarId,
            grant.Unrestricted));
    }

    /// <summary>What operators see of it; null when there is no such grant.</summary>
    public async Task<GrantStatus?> StatusAsync(GrantState grant, CancellationToken cancellationToken)
    {
        if (grant.ClientId.Length == 0)
        {
            return null;
        }

        PersonView person = await grains.Person(grant.PersonId).View(cancellationToken);
        return new GrantStatus(
            grant.ClientId,
            grant.Scope,
            [.. person.Connections.Select(c => c.ConnectionId)],
            [.. grant.Channels.Select(c => c.ChannelId)],
            grant.Unrestricted.Length);
    }

    /// <summary>Takes a profile away, from this application and from every other that its person granted something.</summary>
    public async Task<GrantAnswer<Done>> RevokeProfile(
        CheckedGrant grant, string connectionId, CancellationToken cancellationToken)
    {
        if (await ProfileOf(grant, connectionId, cancellationToken) is null)
        {
            return GrantAnswer<Done>.Of(GrantOutcome.NotFound);
        }

        await grains.GetGrain<IConnectionGrain>(connectionId).Revoke(cancellationToken);
        return GrantAnswer<Done>.Ok(Done.Value);
    }

    public async Task<GrantAnswer<CreatedCalendar>> CreateCalendar(
        CheckedGrant grant, string connectionId, string name, string? color, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.CreateCalendar))
        {
            return GrantAnswer<CreatedCalendar>.Of(GrantOutcome.InsufficientScope);
        }

        if (await ProfileOf(grant, connectionId, cancellationToken) is not { } profile)
        {
            return GrantAnswer<CreatedCalendar>.Of(GrantOutcome.NotFound);
        }

        if (profile.State is not ConnectionState.Connected)
        {
            return GrantAnswer<CreatedCalendar>.Of(GrantOutcome.Disconnected);
        }

        CreateCalendarAnswer answer = await grains.GetGrain<IConnectionGrain>(connectionId)
            .CreateCalendar(name, color, cancellationToken);
        return answer.Calendar is { } calendar
            ? GrantAnswer<CreatedCalendar>.Ok(new CreatedCalendar(profile, calendar))
            : FaultOf(answer.Fault);
    }

    private static GrantAnswer<CreatedCalendar> FaultOf(ProviderFaultKind? fault) => fault switch
    {
        ProviderFaultKind.Conflict => GrantAnswer<CreatedCalendar>.Invalid(
            "name",
            "errors.duplicate_calendar_name",
            "A calendar with this name already exists and the provider does not allow duplicates"),
        ProviderFaultKind.Rejected => GrantAnswer<CreatedCalendar>.Invalid(
            "profile_id", "errors.not_supported", "the provider makes no such calendar"),
        ProviderFaultKind.AuthDead or ProviderFaultKind.ScopeMissing =>
            GrantAnswer<CreatedCalendar>.Of(GrantOutcome.Disconnected),
        ProviderFaultKind.Throttled => GrantAnswer<CreatedCalendar>.Of(GrantOutcome.Busy),
        ProviderFaultKind.NotFound => GrantAnswer<CreatedCalendar>.Of(GrantOutcome.NotFound),
        _ => GrantAnswer<CreatedCalendar>.Of(GrantOutcome.Unavailable),
    };

    private async Task<ConnectionSummary?> ProfileOf(
        CheckedGrant grant, string connectionId, CancellationToken cancellationToken) =>
        new GrantedCalendars(await grains.Person(grant.PersonId).View(cancellationToken))
            .Profile(connectionId);
}
