using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Grants;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <remarks>
/// Tokens are decided by <see cref="TokenLedger"/> and stored before they are answered. What a token opens is read and
/// written by <see cref="GrantAccount"/>, <see cref="GrantSchedule"/> and <see cref="GrantWrites"/>, which keep no state.
/// </remarks>
[GrainType("grant")]
internal sealed partial class GrantGrain(
    [PersistentState(StorageNames.Grant, StorageNames.Provider)] IPersistentState<GrantState> state,
    GrantAccount account,
    GrantSchedule schedule,
    GrantWrites writes,
    IDirectory directory,
    DerivedKeys keys,
    TimeProvider time,
    ILogger<GrantGrain> logger) : Grain, IGrantGrain
{
    private const string ApplicationCalendarScope = "read_write";

    private readonly RememberedPerson _person = new();

    private string GrantId => this.GetPrimaryKeyString();

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task<string> Authorize(AuthorizeGrant request, CancellationToken cancellationToken)
    {
        await Enlist(request.ClientId, request.PersonId, cancellationToken);
        Token code = Mint(TokenKind.Code, request.ClientId);
        GrantState next = state.State with
        {
            ClientId = request.ClientId,
            PersonId = request.PersonId,
            Scope = Scopes.Union(state.State.Scope, request.Scope),
            LinkingConnectionId = request.ConnectionId,
            Tokens = state.State.Tokens.WithCode(
                [.. code.Hash], request.Scope, request.RedirectUri, request.CodeChallenge, Now),
        };
        await state.CommitAsync(next, DeactivateOnIdle, cancellationToken);
        LogAuthorized(GrantId, request.ClientId);
        return code.Text;
    }

    public async Task<TokenAnswer> Redeem(RedeemCode request, CancellationToken cancellationToken)
    {
        if (!BelongsTo(request.ClientId))
        {
            return new TokenAnswer(TokenErrors.InvalidGrant, null);
        }

        (Token access, Token refresh) = MintPair(request.ClientId);
        LedgerAnswer answer = state.State.Tokens.Redeem(
            request.CodeHash, request.RedirectUri, request.CodeVerifier, [.. access.Hash], [.. refresh.Hash], Now);
        await Store(answer, cancellationToken);
        return answer.Error is not null
            ? new TokenAnswer(answer.Error, null)
            : await Answer(access.Text, refresh.Text, answer.Scope!, cancellationToken);
    }

    public async Task<TokenAnswer> Refresh(RefreshGrant request, CancellationToken cancellationToken)
    {
        if (!BelongsTo(request.ClientId) || !Token.TryParse(request.RefreshToken, keys.TokenMac.Span, out Token? shown))
        {
            return new TokenAnswer(TokenErrors.InvalidGrant, null);
        }

        (Token access, Token refresh) = MintPair(request.ClientId);
        LedgerAnswer answer = state.State.Tokens.Renew(
            [.. shown.Hash], request.Scope, request.RotatesRefreshTokens, [.. access.Hash], [.. refresh.Hash], Now);
        await Store(answer, cancellationToken);
        return answer.Error is not null
            ? new TokenAnswer(answer.Error, null)
            : await Answer(access.Text, answer.KeepsRefreshToken ? shown.Text : refresh.Text, answer.Scope!, cancellationToken);
    }

    public async Task<TokenAnswer> OpenApplicationCalendar(
        string clientId, string applicationCalendarId, CancellationToken cancellationToken)
    {
        string personId = GrainKeys.ApplicationCalendarPerson(keys, clientId, applicationCalendarId);
        await Enlist(clientId, personId, cancellationToken);
        string connectionId = GrainKeys.Connection(keys, ProviderNames.Native, clientId, applicationCalendarId);
        var calendar = new CalendarSummary(
            GrainKeys.Calendar(keys, connectionId, applicationCalendarId), "Calendar", false, false, true, null, null);
        await GrainFactory.GetGrain<IConnectionGrain>(connectionId).Claim(
            new ClaimConnection(
                personId, ProviderNames.Native, "", null, null, [new FoundCalendar(applicationCalendarId, calendar)]),
            cancellationToken);

        (Token access, Token refresh) = MintPair(clientId);
        GrantState next = state.State with
        {
            ClientId = clientId,
            PersonId = personId,
            Scope = ApplicationCalendarScope,
            LinkingConnectionId = connectionId,
            ApplicationCalendarId = applicationCalendarId,
            Tokens = state.State.Tokens.WithPair(ApplicationCalendarScope, [.. access.Hash], [.. refresh.Hash], Now),
        };
        await state.CommitAsync(next, DeactivateOnIdle, cancellationToken);
        return await Answer(access.Text, refresh.Text, ApplicationCalendarScope, cancellationToken);
    }

    public Task RevokeByToken(string clientId, ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        BelongsTo(clientId) && state.State.Tokens.Knows(tokenHash, Now)
            ? Revoke(clientId, cancellationToken)
            : Task.CompletedTask;

    public async Task Revoke(string clientId, CancellationToken cancellationToken)
    {
        if (!BelongsTo(clientId))
        {
            return;
        }

        string personId = state.State.PersonId;
        try
        {
            await state.ClearStateAsync(cancellationToken);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        LogRevoked(GrantId, clientId);
        await GrainFactory.GetGrain<IPersonGrain>(personId).RemoveGrant(GrantId, cancellationToken);
        await directory.RemoveAsync(DirectoryKinds.Grant, GrantId, cancellationToken);
    }

    public Task<GrantAnswer<AccountView>> Account(
        ImmutableArray<byte> tokenHash, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => account.View(grant, cancellationToken));

    public Task<GrantAnswer<Done>> RevokeProfile(
        ImmutableArray<byte> tokenHash, string connectionId, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => account.RevokeProfile(grant, connectionId, cancellationToken));

    public Task<GrantAnswer<CreatedCalendar>> CreateCalendar(
        ImmutableArray<byte> tokenHash, string connectionId, string name, string? color, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => account.CreateCalendar(grant, connectionId, name, color, cancellationToken));

    public Task<GrantAnswer<EventPage>> ReadEvents(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadEvents(grant, query, cancellationToken));

    public Task<GrantAnswer<EventPage>> ReadEventsPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadEventsPage(grant, cursor, cancellationToken));

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusy(
        ImmutableArray<byte> tokenHash, ScheduleQuery query, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadFreeBusy(grant, query, cancellationToken));

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusyPage(
        ImmutableArray<byte> tokenHash, string cursor, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => schedule.ReadFreeBusyPage(grant, cursor, cancellationToken));

    public Task<GrantAnswer<Done>> UpsertEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => writes.UpsertEvent(grant, calendarId, eventId, change, cancellationToken));

    public Task<GrantAnswer<Done>> DeleteEvent(
        ImmutableArray<byte> tokenHash, string calendarId, string eventId, CancellationToken cancellationToken) =>
        Through(tokenHash, grant => writes.DeleteEvent(grant, calendarId, eventId, cancellationToken));

    /// <summary>The only way to what the grant opens: hash and expiry are checked against the grant's own state first.</summary>
    private Task<GrantAnswer<T>> Through<T>(ImmutableArray<byte> tokenHash, Func<CheckedGrant, Task<GrantAnswer<T>>> call)
        where T : class
    {
        if (state.State.Tokens.Find(tokenHash, Now) is not { } token)
        {
            return Task.FromResult(GrantAnswer<T>.Of(GrantOutcome.InvalidToken));
        }

        if (state.State.Tokens.AfterUseOf(token) is not null)
        {
            // In a turn of its own, because reads interleave and must not write.
            this.RegisterGrainTimer(
                ct => Supersede(token, ct), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        GrantState now = state.State;
        return call(new CheckedGrant(GrantId, now.ClientId, now.PersonId, token.Scope, now.ApplicationCalendarId, _person));
    }

    private Task Supersede(IssuedAccess used, CancellationToken cancellationToken) =>
        state.State.Tokens.AfterUseOf(used) is { } ledger
            ? state.CommitAsync(state.State with { Tokens = ledger }, DeactivateOnIdle, cancellationToken)
            : Task.CompletedTask;

    private bool BelongsTo(string clientId) => state.RecordExists && state.State.ClientId == clientId;

    /// <summary>The lists first: one that names a grant that never came to be is harmless.</summary>
    private async Task Enlist(string clientId, string personId, CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            await directory.PutAsync(new DirectoryEntry(DirectoryKinds.Grant, GrantId, clientId, ""), cancellationToken);
            await GrainFactory.GetGrain<IPersonGrain>(personId).AddGrant(GrantId, cancellationToken);
        }
    }

    private Task Store(LedgerAnswer answer, CancellationToken cancellationToken) =>
        answer.Ledger is { } ledger
            ? state.CommitAsync(state.State with { Tokens = ledger }, DeactivateOnIdle, cancellationToken)
            : Task.CompletedTask;

    private async Task<TokenAnswer> Answer(string access, string refresh, string scope, CancellationToken cancellationToken)
    {
        PersonView person = await GrainFactory.GetGrain<IPersonGrain>(state.State.PersonId).View(cancellationToken);
        return new TokenAnswer(null, new IssuedTokens(
            access,
            (int)TokenLedger.AccessLifetime.TotalSeconds,
            refresh,
            scope,
            GrantId,
            person.Connections.FirstOrDefault(c => c.ConnectionId == state.State.LinkingConnectionId),
            state.State.ApplicationCalendarId));
    }

    private (Token Access, Token Refresh) MintPair(string clientId) =>
        (Mint(TokenKind.Access, clientId), Mint(TokenKind.Refresh, clientId));

    private Token Mint(TokenKind kind, string clientId) =>
        Token.Mint(kind, clientId, GrantId, RandomNumberGenerator.GetBytes(32), keys.TokenMac.Span);
}
