using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Grants;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>The tokens that one activation of a grant issues: decided by its <see cref="TokenLedger"/>, stored, then answered.</summary>
/// <param name="grantId">The grant's key.</param>
/// <param name="state">The grant's row.</param>
/// <param name="end">The grain's own <c>DeactivateOnIdle</c>.</param>
/// <param name="grains">The factory.</param>
/// <param name="directory">The operator's lists.</param>
/// <param name="keys">Signs tokens.</param>
/// <param name="time">The clock.</param>
internal sealed class GrantTokens(
    string grantId,
    IPersistentState<GrantState> state,
    Action end,
    IGrainFactory grains,
    IDirectory directory,
    DerivedKeys keys,
    TimeProvider time)
{
    private const string ApplicationCalendarScope = "read_write";

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>True when there is a grant and it is this application's.</summary>
    public bool IsOf(string clientId) => state.RecordExists && state.State.ClientId == clientId;

    /// <summary>True for a live token of any kind.</summary>
    public bool Knows(ImmutableArray<byte> tokenHash) => state.State.Tokens.Knows(tokenHash, Now);

    /// <summary>A live access token; null for anything else.</summary>
    public IssuedAccess? Find(ImmutableArray<byte> tokenHash) => state.State.Tokens.Find(tokenHash, Now);

    /// <summary>What a token permits of this grant; null when it is not good for it, or not for this.</summary>
    /// <param name="tokenHash">SHA-256 of an access token, or an element token.</param>
    /// <param name="elements">Permissions of which an element token needs one.</param>
    public string? ScopeOf(ImmutableArray<byte> tokenHash, IReadOnlyList<string> elements) =>
        tokenHash.Length > SHA256.HashSizeInBytes ? ScopeOfElement(tokenHash, elements) : Find(tokenHash)?.Scope;

    private string? ScopeOfElement(ImmutableArray<byte> token, IReadOnlyList<string> anyOf) =>
        ElementToken.Open(keys, Encoding.ASCII.GetString(token.AsSpan())) is { } element
        && IsOf(element.ClientId) && element.Subs.Contains(grantId, StringComparer.Ordinal) && element.Permits(anyOf, Now)
            ? ElementPermissions.ScopeOf(element.Permissions, state.State.Scope)
            : null;

    /// <summary>The person allowed it: a code, and the grant created or widened.</summary>
    public async Task<string> AuthorizeAsync(AuthorizeGrant request, CancellationToken cancellationToken)
    {
        await EnlistAsync(request.ClientId, request.PersonId, cancellationToken);
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
        await state.CommitAsync(next, end, cancellationToken);
        return code.Text;
    }

    /// <summary>A code for tokens.</summary>
    public async Task<TokenAnswer> RedeemAsync(RedeemCode request, CancellationToken cancellationToken)
    {
        if (!IsOf(request.ClientId))
        {
            return new TokenAnswer(TokenErrors.InvalidGrant, null);
        }

        (Token access, Token refresh) = MintPair(request.ClientId);
        LedgerAnswer answer = state.State.Tokens.Redeem(
            request.CodeHash, request.RedirectUri, request.CodeVerifier, [.. access.Hash], [.. refresh.Hash], Now);
        await StoreAsync(answer, cancellationToken);
        return answer.Error is not null
            ? new TokenAnswer(answer.Error, null)
            : await AnswerAsync(access.Text, refresh.Text, answer.Scope!, cancellationToken);
    }

    /// <summary>A refresh token for a new access token.</summary>
    public async Task<TokenAnswer> RefreshAsync(RefreshGrant request, CancellationToken cancellationToken)
    {
        if (!IsOf(request.ClientId) || !Token.TryParse(request.RefreshToken, keys.TokenMac.Span, out Token? shown))
        {
            return new TokenAnswer(TokenErrors.InvalidGrant, null);
        }

        (Token access, Token refresh) = MintPair(request.ClientId);
        LedgerAnswer answer = state.State.Tokens.Renew(
            [.. shown.Hash], request.Scope, request.RotatesRefreshTokens, [.. access.Hash], [.. refresh.Hash], Now);
        await StoreAsync(answer, cancellationToken);
        return answer.Error is not null
            ? new TokenAnswer(answer.Error, null)
            : await AnswerAsync(access.Text, answer.KeepsRefreshToken ? shown.Text : refresh.Text, answer.Scope!, cancellationToken);
    }

    /// <summary>Gets or makes the application calendar that the grant stands for.</summary>
    public async Task<TokenAnswer> OpenApplicationCalendarAsync(
        string clientId, string applicationCalendarId, CancellationToken cancellationToken)
    {
        string personId = GrainKeys.ApplicationCalendarPerson(keys, clientId, applicationCalendarId);
        await EnlistAsync(clientId, personId, cancellationToken);
        string connectionId = GrainKeys.Connection(keys, ProviderNames.Native, clientId, applicationCalendarId);
        var calendar = new CalendarSummary(
            GrainKeys.Calendar(keys, connectionId, applicationCalendarId), "Calendar", false, false, true, null, null);
        await grains.GetGrain<IConnectionGrain>(connectionId).Claim(
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
        await state.CommitAsync(next, end, cancellationToken);
        return await AnswerAsync(access.Text, refresh.Text, ApplicationCalendarScope, cancellationToken);
    }

    /// <summary>What the use of a token ends is ended. Repeating it is harmless.</summary>
    public Task SupersedeAsync(IssuedAccess used, CancellationToken cancellationToken) =>
        state.State.Tokens.AfterUseOf(used) is { } ledger
            ? state.CommitAsync(state.State with { Tokens = ledger }, end, cancellationToken)
            : Task.CompletedTask;

    /// <summary>The lists first: one that names a grant that never came to be is harmless.</summary>
    private async Task EnlistAsync(string clientId, string personId, CancellationToken cancellationToken)
    {
        if (!state.RecordExists)
        {
            await directory.PutAsync(new DirectoryEntry(DirectoryKinds.Grant, grantId, clientId, ""), cancellationToken);
            await grains.GetGrain<IPersonGrain>(personId).AddGrant(grantId, cancellationToken);
        }
    }

    private Task StoreAsync(LedgerAnswer answer, CancellationToken cancellationToken) =>
        answer.Ledger is { } ledger
            ? state.CommitAsync(state.State with { Tokens = ledger }, end, cancellationToken)
            : Task.CompletedTask;

    private async Task<TokenAnswer> AnswerAsync(string access, string refresh, string scope, CancellationToken cancellationToken)
    {
        PersonView person = await grains.GetGrain<IPersonGrain>(state.State.PersonId).View(cancellationToken);
        return new TokenAnswer(null, new IssuedTokens(
            access,
            (int)TokenLedger.AccessLifetime.TotalSeconds,
            refresh,
            scope,
            grantId,
            person.Connections.FirstOrDefault(c => c.ConnectionId == state.State.LinkingConnectionId),
            state.State.ApplicationCalendarId));
    }

    private (Token Access, Token Refresh) MintPair(string clientId) =>
        (Mint(TokenKind.Access, clientId), Mint(TokenKind.Refresh, clientId));

    private Token Mint(TokenKind kind, string clientId) =>
        Token.Mint(kind, clientId, grantId, RandomNumberGenerator.GetBytes(32), keys.TokenMac.Span);
}
