using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;

namespace CalendarActors.Grains.Connections;

/// <summary>Tells a provider that a login was taken away: its watches end, then its tokens.</summary>
/// <remarks>Each is tried once: watches end by themselves, and the person can take tokens back at the provider.</remarks>
internal sealed class ConnectionFarewell(string connectionId, ConnectionRows rows, SyncParts parts)
{
    /// <summary>Stops what a calendar watches, before it forgets.</summary>
    public async Task StopWatchesAsync(ICalendarGrain calendar, CancellationToken cancellationToken)
    {
        if (rows.Outbox.FormerLogin is not { Tokens.Access: { } secret } former
            || parts.Catalog.Find(former.ProviderName)?.Watches is not { } watches)
        {
            return;
        }

        ImmutableArray<HeldWatch> held = await calendar.Watches(cancellationToken);
        if (held.IsEmpty
            || await SealedAccess.OpenAsync(parts.Vault, connectionId, secret, cancellationToken) is not { } access)
        {
            return;
        }

        foreach (HeldWatch watch in held)
        {
            Note(await watches.StopAsync(access, new ProviderWatch(watch.Id, watch.ResourceId, watch.ExpiresAt), cancellationToken));
        }
    }

    /// <summary>Takes the tokens back, once every calendar has been told.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        if (rows.Outbox.FormerLogin is not { } former)
        {
            return;
        }

        if (former.Tokens.Renewal is { } sealedRenewal
            && parts.Catalog.Find(former.ProviderName)?.Login is { } login
            && await sealedRenewal.OpenAsync(parts.Vault, connectionId, cancellationToken) is { } renewal)
        {
            Note(await login.RevokeAsync(former.ProviderName, renewal, cancellationToken));
        }

        await rows.ChangeOutboxAsync(o => o.FormerLogin == former ? o with { FormerLogin = null } : o);
    }

    private void Note(ProviderFault? fault)
    {
        if (fault is not null)
        {
            parts.Log.FarewellFailed(connectionId, fault.Kind, fault.Detail);
        }
    }
}
