using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Secrets;
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

        await StopAsync(
            watches,
            secret,
            (await calendar.Watches(cancellationToken)).Select(w => new ProviderWatch(w.Id, w.ResourceId, w.ExpiresAt)),
            cancellationToken);
    }

    /// <summary>Stops what watches the list of calendars and takes the tokens back, once every calendar has been told.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        if (rows.Outbox.FormerLogin is not { } former)
        {
            return;
        }

        if (former is { Watches.IsDefaultOrEmpty: false, Tokens.Access: { } secret }
            && parts.Catalog.Find(former.ProviderName)?.Watches is { } watches)
        {
            await StopAsync(
                watches,
                secret,
                former.Watches.Where(w => w.IsTaken).Select(w => new ProviderWatch(w.Id, w.ResourceId, w.ExpiresAt)),
                cancellationToken);
        }

        if (former.Tokens.Renewal is { } sealedRenewal
            && parts.Catalog.Find(former.ProviderName)?.Login is { } login
            && await sealedRenewal.OpenAsync(parts.Vault, connectionId, cancellationToken) is { } renewal)
        {
            Note(await login.RevokeAsync(former.ProviderName, renewal, cancellationToken));
        }

        await rows.ChangeOutboxAsync(o => o.FormerLogin == former ? o with { FormerLogin = null } : o);
    }

    private async Task StopAsync(
        IWatches watches, SealedSecret secret, IEnumerable<ProviderWatch> held, CancellationToken cancellationToken)
    {
        ImmutableArray<ProviderWatch> all = [.. held];
        if (all.IsEmpty || await SealedAccess.OpenAsync(parts.Vault, connectionId, secret, cancellationToken) is not { } access)
        {
            return;
        }

        foreach (ProviderWatch watch in all)
        {
            Note(await watches.StopAsync(access, watch, cancellationToken));
        }
    }

    private void Note(ProviderFault? fault)
    {
        if (fault is not null)
        {
            parts.Log.FarewellFailed(connectionId, fault.Kind, fault.Detail);
        }
    }
}
