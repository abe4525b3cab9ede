using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Grains.Grants;

/// <summary>Which calendars a grant opens beyond the application's own events. It ends with the grant.</summary>
internal sealed class GrantPermissions(
    IPersistentState<GrantState> state, IGrainFactory grains, Action deactivate)
{
    /// <summary>Checks what is wanted; then lowers, and says what is to be asked.</summary>
    public async Task<GrantAnswer<PermissionsAsked>> RequestAsync(
        CheckedGrant grant, ImmutableArray<PermissionChange> changes, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.CreateEvent))
        {
            return GrantAnswer<PermissionsAsked>.Of(GrantOutcome.InsufficientScope);
        }

        GrantedCalendars calendars = new(await grains.Person(grant.PersonId).View(cancellationToken));
        ImmutableArray<FieldError> errors =
            [.. changes.Select((change, i) => ErrorOf(change, i, calendars, grant)).OfType<FieldError>()];
        if (!errors.IsEmpty)
        {
            return new GrantAnswer<PermissionsAsked>(GrantOutcome.Invalid, null, errors);
        }

        ImmutableArray<string> lowered = [.. Of(changes, PermissionLevel.Sandbox)];
        await StoreAsync(Unrestricted.RemoveAll(id => lowered.Contains(id, StringComparer.Ordinal)), cancellationToken);
        return GrantAnswer<PermissionsAsked>.Ok(new PermissionsAsked(
            grant.GrantId, grant.ClientId, grant.PersonId, [.. Of(changes, PermissionLevel.Unrestricted)]));
    }

    /// <summary>Raises what the person allowed.</summary>
    public Task RaiseAsync(ImmutableArray<string> calendarIds, CancellationToken cancellationToken) =>
        StoreAsync([.. Unrestricted.Union(calendarIds, StringComparer.Ordinal)], cancellationToken);

    private ImmutableArray<string> Unrestricted => state.State.Unrestricted;

    private static IEnumerable<string> Of(ImmutableArray<PermissionChange> changes, PermissionLevel level) =>
        changes.Where(c => c.Level == level).Select(c => c.CalendarId).Distinct(StringComparer.Ordinal);

    private static FieldError? ErrorOf(PermissionChange change, int index, GrantedCalendars calendars, CheckedGrant grant)
    {
        string field = $"permissions[{index}].calendar_id";
        return (change.Level, calendars.Find(change.CalendarId)) switch
        {
            (_, null) or (_, { Calendar.IsDeleted: true }) => new FieldError(
                field, "errors.not_recognized", "there is no such calendar, or not for this access token"),
            (PermissionLevel.Sandbox, _) => null,
            _ when grant.ApplicationCalendarId is not null => new FieldError(
                field, "errors.not_supported", "an application calendar has no events but the application's own"),
            (_, { Calendar.IsReadOnly: true }) => new FieldError(
                field, "errors.calendar_read_only", "nothing can be written to this calendar"),
            _ => null,
        };
    }

    private Task StoreAsync(ImmutableArray<string> unrestricted, CancellationToken cancellationToken) =>
        unrestricted.SequenceEqual(Unrestricted, StringComparer.Ordinal)
            ? Task.CompletedTask
            : state.CommitAsync(state.State with { Unrestricted = unrestricted }, deactivate, cancellationToken);
}
