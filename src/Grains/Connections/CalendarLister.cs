using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>Keeps the list of a login's calendars equal: listed from time to time, and when the provider says that it changed.</summary>
/// <remarks>
/// A hint asks only whether anything changed, where the provider can say so; from time to time the whole list is read,
/// whatever its cursor says. A hint that brings nothing is looked at again a few times, like a calendar's.
/// </remarks>
internal sealed class CalendarLister(
    string connectionId, ConnectionRows rows, TokenRenewal renewal, ConnectionRefusals refusals, SyncParts parts)
{
    private readonly WatchKeeper _watch = new(new WatchedList(connectionId, rows, parts), parts);
    private readonly HintEcho _echo = new();
    private long _demands;

    /// <summary>When something must be done for a login that works, whatever is owed.</summary>
    public Instant NextDue
    {
        get
        {
            Instant due = ListDue;
            due = _watch.NextDue is { } tend ? Instant.Min(due, tend) : due;
            due = _echo.NextLook is { } look ? Instant.Min(due, look) : due;
            return rows.Meta.NotBefore is { } notBefore ? Instant.Max(due, notBefore) : due;
        }
    }

    private ICalendarProvider? Provider => parts.Catalog.Find(rows.Meta.ProviderName);

    private Instant ListDue => (rows.Meta.LastListed ?? parts.Now) + Duration.FromTimeSpan(Chance.Jitter(
        Provider?.Watches is null or { CoverLists: true } && !_watch.IsLive
            ? parts.Options.ListInterval
            : parts.Options.WatchedListInterval,
        connectionId));

    /// <summary>The provider notified.</summary>
    /// <returns>False when it is no watch of ours: then it is stopped.</returns>
    public async Task<bool> HearAsync(WatchNotice notice)
    {
        if (!await _watch.HearAsync(notice))
        {
            return false;
        }

        parts.Meters.Told(rows.Meta.ProviderName);
        if (notice.Kind != WatchNoticeKind.Started)
        {
            _echo.Hinted(parts.Now);
            await DemandAsync();
        }

        return true;
    }

    /// <summary>The calendars will be listed, by a listing that has not begun yet.</summary>
    public async Task DemandAsync()
    {
        _demands++;
        if (!rows.Outbox.List)
        {
            await rows.ChangeOutboxAsync(o => o with { List = true });
        }
    }

    /// <summary>Does what is due: (1) tend the watch, (2) list. Refused, it is one refusal more.</summary>
    /// <returns>Why it must be tried again; null when all is done.</returns>
    public async Task<ProviderFault?> RunAsync(CancellationToken cancellationToken)
    {
        await renewal.EnsureFreshAsync(cancellationToken);
        if (renewal.Fault is { } stale)
        {
            return stale;
        }

        long token = rows.Tokens.Version;
        if (rows.Tokens.Access is not { } secret
            || await SealedAccess.OpenAsync(parts.Vault, connectionId, secret, cancellationToken) is not { } access)
        {
            return new ProviderFault(ProviderFaultKind.Rejected, "The person's key is gone.");
        }

        bool isWhole = ListDue <= parts.Now;
        bool isWatchNew = _watch.NextDue <= parts.Now && await _watch.TendAsync(access, cancellationToken);
        if (!isWhole && !isWatchNew && !rows.Outbox.List && !(_echo.NextLook <= parts.Now))
        {
            return null;
        }

        long demands = _demands;
        _echo.Looking();
        ProviderResult<CalendarListing> answer =
            await Provider!.ListCalendarsAsync(access, isWhole ? null : rows.Meta.ListCursor, cancellationToken);
        if (answer.Fault is { } fault)
        {
            if (fault.Kind == ProviderFaultKind.AuthDead)
            {
                renewal.Distrust(token);
                await refusals.NoteAsync(token, fault.Detail);
            }

            return fault;
        }

        // A login that was replaced meanwhile is listed again by its claim.
        if (token == rows.Tokens.Version && answer.Value is { } listing)
        {
            await TakeAsync(listing);
            if (rows.Outbox.List && demands == _demands)
            {
                await rows.ChangeOutboxAsync(o => o with { List = false, Attempts = 0, NotBefore = null });
            }
        }

        return null;
    }

    /// <summary>The same with the calendars found now. None is ever dropped: ids stay.</summary>
    /// <param name="meta">What was known.</param>
    /// <param name="found">What is there now.</param>
    /// <param name="areSynced">True when a new one needs no first pull: it has no remote side.</param>
    public static ConnectionMetaState Found(
        ConnectionMetaState meta, ImmutableArray<FoundCalendar> found, bool areSynced = false)
    {
        Dictionary<string, ConnectedCalendarState> known =
            meta.Calendars.ToDictionary(c => c.ProviderCalendarId, StringComparer.Ordinal);
        List<ConnectedCalendarState> all = [.. found.Select(f => new ConnectedCalendarState(
            f.ProviderCalendarId, f.Summary, known.GetValueOrDefault(f.ProviderCalendarId)?.HasSynced ?? areSynced))];
        HashSet<string> listed = new(found.Select(f => f.ProviderCalendarId), StringComparer.Ordinal);
        all.AddRange(meta.Calendars
            .Where(c => !listed.Contains(c.ProviderCalendarId))
            .Select(c => c with { Summary = c.Summary with { IsDeleted = true, IsPrimary = false } }));
        return all.SequenceEqual(meta.Calendars) ? meta : meta with { Calendars = [.. all], Version = meta.Version + 1 };
    }

    private async Task TakeAsync(CalendarListing listing)
    {
        long version = rows.Meta.Version;
        await rows.ChangeAsync(
            m => Listed(m, listing.Calendars) with { ListCursor = listing.Next, Refusals = 0, FirstRefusal = null },
            (o, next) => next.Version == rows.Meta.Version ? o : o.Telling(Differing(rows.Meta, next)));
        _echo.Looked(rows.Meta.Version != version, isPoll: false, parts.Now);
    }

    private ConnectionMetaState Listed(ConnectionMetaState meta, ImmutableArray<ProviderCalendar>? calendars) => calendars is { } all
        ? Found(meta, [.. all.Select(c => new FoundCalendar(c.Id, parts.SummaryOf(connectionId, c)))]) with { LastListed = parts.Now }
        : meta;

    private static string[] Differing(ConnectionMetaState before, ConnectionMetaState after)
    {
        HashSet<ConnectedCalendarState> same = [.. before.Calendars];
        return [.. after.Calendars.Where(c => !same.Contains(c)).Select(c => c.Summary.CalendarId)];
    }
}
