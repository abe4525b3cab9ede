using System.Collections.Immutable;
using CalendarActors.Domain.Applications;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Authorization;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Authorization;

/// <remarks>The row is a debt: the sweep of owed work comes back until the request has ended or expired.</remarks>
[GrainType("permission-request")]
internal sealed partial class PermissionRequestGrain(
    [PersistentState(StorageNames.PermissionRequest, StorageNames.Provider)] IPersistentState<PermissionRequestState> state,
    TimeProvider time,
    ILogger<PermissionRequestGrain> logger) : Grain, IPermissionRequestGrain
{
    private static readonly Duration Lifetime = Duration.FromHours(1);

    private string RequestId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private bool IsOpen => state.RecordExists && Now < state.State.ExpiresAt;

    public async Task Begin(BeginPermissionRequest request, CancellationToken cancellationToken)
    {
        PermissionRequestState begun = new()
        {
            ExpiresAt = Now + Lifetime,
            GrantId = request.GrantId,
            ClientId = request.ClientId,
            ApplicationName = request.ApplicationName,
            PersonId = request.PersonId,
            CalendarIds = request.CalendarIds,
            RedirectUri = request.RedirectUri,
        };
        await state.CommitAsync(begun, DeactivateOnIdle, cancellationToken);
        LogBegun(RequestId, request.ClientId);
    }

    public async Task<PermissionRequestView?> View(string? personId, CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            return null;
        }

        PersonView person = await GrainFactory.Person(state.State.PersonId).View(cancellationToken);
        ImmutableArray<ConnectionSummary> asked = Asked(person);
        if (personId == state.State.PersonId)
        {
            return asked.IsEmpty ? null : new PermissionRequestView(state.State.ApplicationName, asked, null, null);
        }

        ConnectionSummary? proof = asked.FirstOrDefault(c => c.ProviderName != ProviderNames.Native);
        return new PermissionRequestView(null, [], proof?.ConnectionId, proof?.ProviderName);
    }

    /// <remarks>The grant first: a crash between the two leaves a request that can be decided once more, to the same end.</remarks>
    public async Task<string?> Decide(string? personId, bool isAllowed, CancellationToken cancellationToken)
    {
        if (!IsOpen || personId != state.State.PersonId)
        {
            return null;
        }

        PermissionRequestState now = state.State;
        if (isAllowed)
        {
            PersonView person = await GrainFactory.Person(now.PersonId).View(cancellationToken);
            ImmutableArray<string> calendars = [.. Asked(person).SelectMany(c => c.Calendars).Select(c => c.CalendarId)];
            if (calendars.IsEmpty
                || !await GrainFactory.Grant(now.GrantId).RaisePermissions(now.ClientId, calendars, cancellationToken))
            {
                return null;
            }
        }

        await End();
        LogDecided(RequestId, now.ClientId, isAllowed);
        return isAllowed ? now.RedirectUri : RedirectUris.With(now.RedirectUri, ("error", "access_denied"));
    }

    public Task Wake(CancellationToken cancellationToken) => state.RecordExists && !IsOpen ? End() : Task.CompletedTask;

    /// <summary>The logins of those calendars asked for that are still there and take writes.</summary>
    private ImmutableArray<ConnectionSummary> Asked(PersonView person) =>
    [
        .. person.Connections
            .Where(c => c.State is not ConnectionState.Revoked)
            .Select(c => c with
            {
                Calendars = c.Calendars.RemoveAll(k => k.IsDeleted || k.IsReadOnly || !state.State.CalendarIds.Contains(k.CalendarId, StringComparer.Ordinal)),
            })
            .Where(c => !c.Calendars.IsEmpty),
    ];

    private async Task End()
    {
        await state.ClearOrEndAsync(DeactivateOnIdle);
        DeactivateOnIdle();
    }
}
