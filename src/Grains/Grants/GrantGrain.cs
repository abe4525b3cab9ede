using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Attachments;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Grants;

/// <remarks>
/// Tokens are issued by <see cref="GrantTokens"/> and <see cref="GrantLinks"/>. What a token opens is read and written by
/// <see cref="GrantAccount"/>, <see cref="GrantSchedule"/>, <see cref="GrantWrites"/>, <see cref="GrantExternals"/> and
/// <see cref="GrantClearing"/>, which keep no state, and by <see cref="GrantChannels"/>; which calendars are open beyond the
/// application's own events is kept by <see cref="GrantPermissions"/>.
/// </remarks>
[GrainType("grant")]
internal sealed partial class GrantGrain(
    [PersistentState(StorageNames.Grant, StorageNames.Provider)] IPersistentState<GrantState> state,
    GrantAccount account,
    GrantSchedule schedule,
    GrantWrites writes,
    GrantClearing clearing,
    GrantExternals externals,
    GrantAvailability availability,
    GrantHolds holds,
    IDirectory directory,
    DerivedKeys keys,
    TimeProvider time,
    ILogger<GrantGrain> logger) : Grain, IGrantGrain
{
    private readonly RememberedPerson _person = new();
    private GrantTokens _tokens = null!;
    private GrantLinks _links = null!;
    private GrantPermissions _permissions = null!;
    private GrantChannels _channels = null!;

    private string GrantId => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tokens = new GrantTokens(GrantId, state, DeactivateOnIdle, GrainFactory, directory, keys, time);
        _links = new GrantLinks(GrantId, state, DeactivateOnIdle, keys, time);
        _permissions = new GrantPermissions(state, GrainFactory, DeactivateOnIdle);
        _channels = new GrantChannels(state, DeactivateOnIdle, GrainFactory, keys);
        return Task.CompletedTask;
    }

    public async Task<string> Authorize(AuthorizeGrant request, CancellationToken cancellationToken)
    {
        string code = await _tokens.AuthorizeAsync(request, cancellationToken);
        LogAuthorized(GrantId, request.ClientId);
        return code;
    }

    public Task<TokenAnswer> Redeem(RedeemCode request, CancellationToken cancellationToken) =>
        _tokens.RedeemAsync(request, cancellationToken);

    public Task<TokenAnswer> Refresh(RefreshGrant request, CancellationToken cancellationToken) =>
        _tokens.RefreshAsync(request, cancellationToken);

    public Task<TokenAnswer> OpenApplicationCalendar(
        string clientId, string applicationCalendarId, CancellationToken cancellationToken) =>
        _tokens.OpenApplicationCalendarAsync(clientId, applicationCalendarId, cancellationToken);

    public Task RevokeByToken(string clientId, ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        _tokens.IsOf(clientId) && _tokens.Knows(tokenHash)
            ? Revoke(clientId, cancellationToken)
            : Task.CompletedTask;

    public async Task Revoke(string clientId, CancellationToken cancellationToken)
    {
        if (!_tokens.IsOf(clientId))
        {
            return;
        }

        // Channels first: whoever is told that this failed comes again, and the list is still there.
        await _channels.CloseAllAsync(cancellationToken);
        string personId = state.State.PersonId;
        await GrainFactory.ManagedAvailability(GrantId).Forget(cancellationToken);
        await _person.ForgetManaged();
        await state.ClearOrEndAsync(DeactivateOnIdle);
        LogRevoked(GrantId, clientId);
        await GrainFactory.GetGrain<IPersonGrain>(personId).RemoveGrant(GrantId, cancellationToken);
        await directory.RemoveAsync(DirectoryKinds.Grant, GrantId, cancellationToken);
        await GrantSubscriptions.WakeAsync(GrainFactory, personId, cancellationToken);
    }

    public Task<GrantStatus?> Status(CancellationToken cancellationToken) => account.StatusAsync(state.State, cancellationToken);

    public Task<bool> IsOf(string clientId, CancellationToken cancellationToken) => Task.FromResult(_tokens.IsOf(clientId));

    public Task<GrantAnswer<IssuedLinkToken>> IssueLink(
        ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => _links.IssueAsync(grant, cancellationToken));

    public Task<string?> TakeLink(
        string clientId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken) =>
        _links.TakeAsync(clientId, linkHash, cancellationToken);

    public Task<GrantAnswer<AccountView>> Account(
        ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        Through(
            tokenHash,
            grant => account.View(grant, cancellationToken),
            ElementPermissions.Agenda,
            ElementPermissions.AccountManagement,
            ElementPermissions.ManagedAvailability);

    public Task<GrantAnswer<Done>> RevokeProfile(
        ImmutableArray<byte> tokenHash, string connectionId, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => account.RevokeProfile(grant, connectionId, cancellationToken), ElementPermissions.AccountManagement);

    public Task<GrantAnswer<CreatedCalendar>> CreateCalendar(
        ImmutableArray<byte> tokenHash, string connectionId, string name, string? color, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => account.CreateCalendar(grant, connectionId, name, color, cancellationToken));

    public Task<GrantAnswer<EventPage>> ReadEvents(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadEvents(grant, query, cancellationToken), ElementPermissions.Agenda);

    public Task<GrantAnswer<EventPage>> ReadEventsPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadEventsPage(grant, cursor, cancellationToken), ElementPermissions.Agenda);

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusy(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadFreeBusy(grant, query, cancellationToken), ElementPermissions.Agenda);

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusyPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadFreeBusyPage(grant, cursor, cancellationToken), ElementPermissions.Agenda);

    public Task<GrantAnswer<Done>> UpsertEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => writes.UpsertEvent(grant, calendarId, eventId, change, cancellationToken));

    public Task<GrantAnswer<Done>> DeleteEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => writes.DeleteEvent(grant, calendarId, eventId, cancellationToken));

    public Task<GrantAnswer<Done>> DeleteManaged(
        ImmutableArray<byte> tokenHash, ImmutableArray<string> calendarIds, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => clearing.DeleteManaged(grant, calendarIds, cancellationToken));

    public Task<GrantAnswer<Done>> ChangeExternalEvent(
        ImmutableArray<byte> tokenHash, ExternalEventWrite write, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => externals.Change(grant, write, cancellationToken));

    public Task<GrantAnswer<PermissionsAsked>> RequestPermissions(
        ImmutableArray<byte> tokenHash, ImmutableArray<PermissionChange> changes, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => _permissions.RequestAsync(grant, changes, cancellationToken));

    public async Task<bool> RaisePermissions(
        string clientId, ImmutableArray<string> calendarIds, CancellationToken cancellationToken)
    {
        if (!_tokens.IsOf(clientId))
        {
            return false;
        }

        await _permissions.RaiseAsync(calendarIds, cancellationToken);
        LogPermissionsRaised(GrantId, clientId, calendarIds.Length);
        return true;
    }

    public Task<GrantAnswer<ChannelView>> OpenChannel(
        ImmutableArray<byte> tokenHash, string callbackUrl, ChannelFilter filter, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => _channels.OpenAsync(grant, callbackUrl, filter, cancellationToken));

    public Task<GrantAnswer<ChannelViews>> Channels(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.ListAsync(cancellationToken));

    public Task<GrantAnswer<Done>> CloseChannel(
        ImmutableArray<byte> tokenHash, string channelId, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.CloseAsync(channelId, cancellationToken));

    public Task<GrantAnswer<DeliveryPage>> Deliveries(
        ImmutableArray<byte> tokenHash, string channelId, long after, int limit, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.DeliveriesAsync(channelId, after, limit, cancellationToken));

    public Task<GrantAnswer<Done>> ReplayDeliveries(
        ImmutableArray<byte> tokenHash, string channelId, long from, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.ReplayAsync(channelId, from, cancellationToken));

    public Task<GrantAnswer<ChannelView>> Channel(
        ImmutableArray<byte> tokenHash, string channelId, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.ViewAsync(channelId, cancellationToken));

    public Task<GrantAnswer<ChannelView>> SetChannel(
        ImmutableArray<byte> tokenHash, string channelId, bool? isPushed, bool? signsStandard, CancellationToken cancellationToken) =>
        Through(tokenHash, _ => _channels.SetAsync(channelId, isPushed, signsStandard, cancellationToken));

    public async Task<AttachmentContent?> Attachment(
        string attachmentId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken) =>
        state.State.PersonId is { Length: > 0 } personId && GrainKeys.IsAttachment(attachmentId)
            ? await GrainFactory.Attachment(attachmentId).Read(personId, GrantId, linkHash, cancellationToken)
            : null;

    public Task<string?> ScopeOf(ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        Task.FromResult(_tokens.ScopeOf(tokenHash, [ElementPermissions.ManagedAvailability]));

    public Task<GrantAnswer<MemberTimes>> MemberTimes(string clientId, MemberQuery query, CancellationToken cancellationToken) =>
        Of(clientId, grant => availability.MemberTimes(grant, query, cancellationToken));

    public Task ManagedChanged(CancellationToken cancellationToken) => _person.ForgetManaged();

    public Task<GrantAnswer<HoldLeave>> MayHold(
        string clientId, ImmutableArray<string> calendarIds, CancellationToken cancellationToken) =>
        Of(clientId, grant => availability.MayHold(grant, calendarIds, cancellationToken));

    public Task<GrantAnswer<Done>> UpsertHeldEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, EventChange change, string holdId, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => holds.UpsertEvent(grant, calendarId, eventId, change, holdId, cancellationToken));

    /// <summary>The only way to what the grant opens: hash and expiry are checked against the grant's own state first.</summary>
    /// <param name="tokenHash">SHA-256 of an access token, or an element token.</param>
    /// <param name="call">What to pass on.</param>
    /// <param name="elements">Any of these permissions opens it to an element token; without one, no such token does.</param>
    private Task<GrantAnswer<T>> Through<T>(
        ImmutableArray<byte> tokenHash, Func<CheckedGrant, Task<GrantAnswer<T>>> call, params IReadOnlyList<string> elements)
        where T : class
    {
        if (_tokens.Find(tokenHash) is { } token && state.State.Tokens.AfterUseOf(token) is not null)
        {
            // In a turn of its own, because reads interleave and must not write.
            this.RegisterGrainTimer(
                ct => _tokens.SupersedeAsync(token, ct), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        return _tokens.ScopeOf(tokenHash, elements) is { } scope
            ? call(Checked(scope))
            : Task.FromResult(GrantAnswer<T>.Of(GrantOutcome.InvalidToken));
    }

    private Task<GrantAnswer<T>> Of<T>(string clientId, Func<CheckedGrant, Task<GrantAnswer<T>>> call)
        where T : class =>
        _tokens.IsOf(clientId) ? call(Checked(state.State.Scope)) : Task.FromResult(GrantAnswer<T>.Of(GrantOutcome.NotFound));

    private CheckedGrant Checked(string scope) => new(
        GrantId, state.State.ClientId, state.State.PersonId, scope, state.State.ApplicationCalendarId, _person, state.State.Unrestricted);
}
