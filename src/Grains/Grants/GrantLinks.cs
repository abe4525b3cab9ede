using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Grants;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Grants;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>The link tokens that one activation of a grant issues and takes back: stored before they are answered.</summary>
/// <param name="grantId">The grant's key.</param>
/// <param name="state">The grant's row.</param>
/// <param name="end">The grain's own <c>DeactivateOnIdle</c>.</param>
/// <param name="keys">Signs tokens.</param>
/// <param name="time">The clock.</param>
internal sealed class GrantLinks(
    string grantId, IPersistentState<GrantState> state, Action end, DerivedKeys keys, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private LinkLedger Ledger => new([.. state.State.Links.Select(l => new IssuedLink(l.Hash, l.ExpiresAt))]);

    /// <summary>A new one.</summary>
    public async Task<GrantAnswer<IssuedLinkToken>> IssueAsync(CheckedGrant grant, CancellationToken cancellationToken)
    {
        Token token = Token.Mint(
            TokenKind.Link, grant.ClientId, grantId, RandomNumberGenerator.GetBytes(32), keys.TokenMac.Span);
        await StoreAsync(Ledger.With([.. token.Hash], Now), cancellationToken);
        return GrantAnswer<IssuedLinkToken>.Ok(new IssuedLinkToken(token.Text));
    }

    /// <summary>Uses one up; null when it is not good.</summary>
    public async Task<string?> TakeAsync(
        string clientId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken)
    {
        if (!state.RecordExists || state.State.ClientId != clientId || Ledger.Take(linkHash, Now) is not { } left)
        {
            return null;
        }

        await StoreAsync(left, cancellationToken);
        return state.State.PersonId;
    }

    private Task StoreAsync(LinkLedger ledger, CancellationToken cancellationToken) => state.CommitAsync(
        state.State with { Links = [.. ledger.Links.Select(l => new StoredLink(l.Hash, l.ExpiresAt))] }, end, cancellationToken);
}
