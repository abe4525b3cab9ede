using System.Collections.Immutable;
using System.Security.Cryptography;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Keeps one thing watched: started, renewed before its end, stopped when another has taken its place.</summary>
/// <remarks>
/// Our secret is stored before the provider is asked, because it may notify before it answers. Watches overlap: the old
/// one is stopped only once the new one is taken, and both are listened to meanwhile.
/// </remarks>
internal sealed class WatchKeeper(IWatched watched, SyncParts parts)
{
    // Watches that notify us and that we do not know are stopped, so many at a time.
    private const int MaxStrangers = 8;

    private ImmutableList<ProviderWatch> _strangers = [];
    private bool _isRenewalDemanded;

    /// <summary>True while the provider tells us of changes, as far as we know.</summary>
    public bool IsLive => LiveUntil is not null;

    /// <summary>Until when it does, unless renewed; null when it does not.</summary>
    public Instant? LiveUntil => Current is { } current && current.ExpiresAt > parts.Now ? current.ExpiresAt : null;

    /// <summary>How often it must be looked after, given how often it would be while watched and while not.</summary>
    public Duration WakePeriod(Duration whileWatched, Duration otherwise) => IsLive && Current is { } current
        ? WatchRules.WakePeriod(current.Started, current.ExpiresAt, Watches!.AreRenewedInPlace, whileWatched, otherwise)
        : otherwise;

    /// <summary>When something must be done; null when the provider has no watches.</summary>
    public Instant? NextDue
    {
        get
        {
            if (Watches is not { } watches)
            {
                return null;
            }

            Instant now = parts.Now;
            bool isTidy = _strangers.IsEmpty && Held.Count(w => w.IsTaken) <= 1;
            Instant due = !isTidy || _isRenewalDemanded || Current is not { } current || current.ExpiresAt <= now
                ? now
                : WatchRules.RenewalDue(
                    current.Started, current.ExpiresAt, watches.AreRenewedInPlace, Chance.Of(watched.Key, salt: 2));
            return watched.Record.NotBefore is { } notBefore ? Instant.Max(due, notBefore) : due;
        }
    }

    private IWatches? Watches => watched.Watches;

    private ImmutableArray<WatchState> Held => watched.Record.Held;

    private WatchState? Current => Held.LastOrDefault(w => w.IsTaken);

    /// <summary>What a notification means for the watch itself.</summary>
    /// <returns>False when we do not know it: then it is stopped, if the provider lets us.</returns>
    public async Task<bool> HearAsync(WatchNotice notice)
    {
        bool isKnown = Held.Any(w => CryptographicOperations.FixedTimeEquals(w.SecretHash.AsSpan(), notice.SecretHash.AsSpan()));
        if (!isKnown)
        {
            if (_strangers.Count < MaxStrangers && notice.WatchId.Length > 0 && _strangers.All(s => s.Id != notice.WatchId))
            {
                _strangers = _strangers.Add(new ProviderWatch(notice.WatchId, notice.ResourceId, parts.Now));
            }

            return false;
        }

        if (notice.Kind == WatchNoticeKind.Removed)
        {
            await DropAsync(notice.WatchId);
        }

        _isRenewalDemanded |= notice.Kind == WatchNoticeKind.RenewalDemanded;
        return true;
    }

    /// <summary>Does what is due: (1) stop what is not wanted, (2) renew, or (3) start another and stop the one before.</summary>
    /// <returns>
    /// True when a watch began: what changed before it, nobody told us. A fault of the watch is stored and is no fault of
    /// what is watched, which is polled meanwhile.
    /// </returns>
    public async Task<bool> TendAsync(ProviderAccess access, CancellationToken cancellationToken)
    {
        IWatches watches = Watches!;
        Instant now = parts.Now;
        await StopUnwantedAsync(watches, access, cancellationToken);
        if (Current is { } current && current.ExpiresAt > now && !_isRenewalDemanded
            && WatchRules.RenewalDue(
                current.Started, current.ExpiresAt, watches.AreRenewedInPlace, Chance.Of(watched.Key, salt: 2)) > now)
        {
            return false;
        }

        if (watches.AreRenewedInPlace && Current is { } old && old.ExpiresAt > now)
        {
            return await RenewAsync(watches, access, old, cancellationToken);
        }

        bool isStarted = await StartAsync(watches, access, cancellationToken);
        await StopUnwantedAsync(watches, access, cancellationToken);
        return isStarted;
    }

    private async Task<bool> StartAsync(IWatches watches, ProviderAccess access, CancellationToken cancellationToken)
    {
        Instant now = parts.Now;
        Token secret = Token.Mint(
            TokenKind.Hook, WatchAddresses.Client, watched.Key, RandomNumberGenerator.GetBytes(32), parts.TokenMac.Span);
        WatchState asked = new(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), null, [.. secret.Hash], now, now + watches.Life, false);
        await ChangeAsync(held => held.RemoveAll(w => !w.IsTaken || w.ExpiresAt <= now).Add(asked));
        ProviderResult<ProviderWatch> answer = await watches.StartAsync(
            access,
            watched.ProviderCalendarId,
            parts.WatchAddresses.RequestOf(watched.ProviderName, asked.Id, secret.Text, asked.ExpiresAt),
            cancellationToken);
        if (!answer.IsSuccess)
        {
            await FailedAsync(answer.Fault, held => held.Remove(asked));
            return false;
        }

        ProviderWatch given = answer.Value;
        WatchState taken = asked with { Id = given.Id, ResourceId = given.ResourceId, ExpiresAt = given.ExpiresAt, IsTaken = true };
        await SucceededAsync(held => held.Contains(asked) ? held.Replace(asked, taken) : held);
        if (!Held.Contains(taken))
        {
            // Taken away while the provider was asked: nobody would ever stop it.
            await StopAsync(watches, access, given, cancellationToken);
            return false;
        }

        parts.Log.WatchStarted(watched.Key, given.ExpiresAt);
        return true;
    }

    private async Task<bool> RenewAsync(
        IWatches watches, ProviderAccess access, WatchState old, CancellationToken cancellationToken)
    {
        Instant now = parts.Now;
        ProviderResult<ProviderWatch> answer =
            await watches.RenewAsync(access, new ProviderWatch(old.Id, old.ResourceId, old.ExpiresAt), now + watches.Life, cancellationToken);
        if (answer.IsSuccess)
        {
            await SucceededAsync(held => held.Contains(old)
                ? held.Replace(old, old with { Started = now, ExpiresAt = answer.Value.ExpiresAt })
                : held);
        }
        else if (answer.Fault.Kind == ProviderFaultKind.NotFound)
        {
            await DropAsync(old.Id);
        }
        else
        {
            await FailedAsync(answer.Fault, held => held);
        }

        return false;
    }

    /// <summary>All but the newest that was taken, and strangers. A failure costs nothing: they end by themselves.</summary>
    private async Task StopUnwantedAsync(IWatches watches, ProviderAccess access, CancellationToken cancellationToken)
    {
        ImmutableArray<WatchState> replaced = Held.RemoveAll(w => !w.IsTaken || w == Current);
        ImmutableList<ProviderWatch> unwanted =
            _strangers.AddRange(replaced.Select(w => new ProviderWatch(w.Id, w.ResourceId, w.ExpiresAt)));
        _strangers = [];
        foreach (ProviderWatch watch in unwanted)
        {
            await StopAsync(watches, access, watch, cancellationToken);
        }

        if (!replaced.IsEmpty)
        {
            await ChangeAsync(held => held.RemoveRange(replaced));
        }
    }

    private async Task StopAsync(
        IWatches watches, ProviderAccess access, ProviderWatch watch, CancellationToken cancellationToken)
    {
        if (await watches.StopAsync(access, watch, cancellationToken) is { } fault)
        {
            parts.Log.WatchNotStopped(watched.Key, fault.Kind, fault.Detail);
        }
    }

    private Task DropAsync(string watchId) => ChangeAsync(held => held.RemoveAll(w => w.Id == watchId));

    private Task ChangeAsync(Func<ImmutableArray<WatchState>, ImmutableArray<WatchState>> change) =>
        watched.ChangeAsync(r => r with { Held = change(r.Held) });

    private Task SucceededAsync(Func<ImmutableArray<WatchState>, ImmutableArray<WatchState>> change)
    {
        _isRenewalDemanded = false;
        return watched.ChangeAsync(r => new WatchRecord(change(r.Held), 0, null));
    }

    private async Task FailedAsync(ProviderFault fault, Func<ImmutableArray<WatchState>, ImmutableArray<WatchState>> change)
    {
        int failures = watched.Record.Failures + 1;
        Instant retry = parts.Now + WatchRules.WaitAfter(failures, Chance.Of(watched.Key, failures));
        await watched.ChangeAsync(r => new WatchRecord(
            change(r.Held), failures, fault.NotBefore is { } asked ? Instant.Max(asked, retry) : retry));
        parts.Log.WatchFailed(watched.Key, fault.Kind, failures, fault.Detail);
    }
}
