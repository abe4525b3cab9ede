using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Finds what changed in one calendar.</summary>
/// <remarks>
/// Series are not expanded (<c>singleEvents=false</c>): expanded, one touched weekly meeting is hundreds of rows, and its
/// deletion has been seen to name only some of them. A pull is: 1. the rows that changed since the sync token. 2. Single
/// events are what their row says. 3. Of a series that any row touched, all rows are read again, because an item is the
/// whole series; the rows of 1 are laid over them, since a list may lag behind the change log. 4. The new cursor is that
/// of 1, so what changes meanwhile is found again.
/// </remarks>
internal sealed class GooglePull(GoogleClient client, string calendarId)
{
    // So many touched series cost more requests than everything does.
    private const int MaxSeries = 100;

    private const string Nameless = "(an event without an id)";
    private const string Stage = "reading changes";

    private static readonly ProviderFault Resync = new(ProviderFaultKind.ResyncRequired, "Google does not know the cursor (any more).");

    private readonly ImmutableArray<ProviderItem>.Builder _items = ImmutableArray.CreateBuilder<ProviderItem>();
    private readonly ImmutableArray<string>.Builder _removed = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _unreadable = ImmutableArray.CreateBuilder<string>();

    /// <summary>Everything, or what changed since a cursor.</summary>
    public async Task<ProviderResult<PullChanges>> PullAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            return await PullAllAsync(cancellationToken);
        }

        if (GoogleCursor.TokenOf(cursor) is not { } token)
        {
            return Resync;
        }

        // 1
        var changes = new GoogleListing(client, calendarId);
        if (await changes.ReadAsync(token, Stage, cancellationToken) is { } fault)
        {
            // 400 is what a token of another calendar or of other parameters gets.
            return changes.FailedStatus == 410 || (changes is { FailedStatus: 400, FailedAtOnce: true }) ? Resync : fault;
        }

        IGrouping<string, GoogleRow>[] groups = [.. changes.Rows.GroupBy(r => r.ItemId, StringComparer.Ordinal)];
        if (groups.Count(g => g.Any(r => r.IsOfSeries)) > MaxSeries)
        {
            return await PullAllAsync(cancellationToken);
        }

        foreach (IGrouping<string, GoogleRow> group in groups)
        {
            // 2, 3
            if (!group.Any(r => r.IsOfSeries) || group.Any(r => r.SeriesId is null && r.IsCancelled))
            {
                Add(group.Key, group);
            }
            else if (await AddSeriesAsync(group.Key, [.. group], cancellationToken) is { } failed)
            {
                return failed;
            }
        }

        // 4
        return Changes(changes, isComplete: false);
    }

    /// <summary>The differences between what is known and what is there.</summary>
    public async Task<ProviderResult<PullChanges>> ReconcileAsync(
        IReadOnlyDictionary<string, KnownVersion> known, CancellationToken cancellationToken)
    {
        ProviderResult<PullChanges> all = await PullAllAsync(cancellationToken);
        if (!all.IsSuccess)
        {
            return all;
        }

        HashSet<string> there = new(all.Value.Unreadable, StringComparer.Ordinal);
        there.UnionWith(all.Value.Upserted.Select(i => i.Id));
        return all.Value with
        {
            IsComplete = false,
            Upserted = all.Value.Upserted.RemoveAll(i =>
                i.Version is not null && known.TryGetValue(i.Id, out KnownVersion had) && had.Version == i.Version),
            Removed = [.. known.Keys.Where(id => !there.Contains(id))],
        };
    }

    private async Task<ProviderResult<PullChanges>> PullAllAsync(CancellationToken cancellationToken)
    {
        var all = new GoogleListing(client, calendarId);
        if (await all.ReadAsync(null, "reading all events", cancellationToken) is { } fault)
        {
            return fault;
        }

        _items.Clear();
        _unreadable.Clear();
        foreach (IGrouping<string, GoogleRow> group in all.Rows.GroupBy(r => r.ItemId, StringComparer.Ordinal))
        {
            Add(group.Key, group);
        }

        _removed.Clear();
        return Changes(all, isComplete: true);
    }

    private async Task<ProviderFault?> AddSeriesAsync(string id, GoogleRow[] changed, CancellationToken cancellationToken)
    {
        Dictionary<string, GoogleRow> rows = changed.ToDictionary(r => r.Id, StringComparer.Ordinal);
        string? uid = changed.Select(r => r.Uid).FirstOrDefault(u => u is not null);
        if (!rows.ContainsKey(id))
        {
            // Cancelled exceptions need not name their UID, and only the master says whether there is one.
            GoogleResult<KeptEvent> got = await client.SendAsAsync<Event, KeptEvent>(
                client.Service.Events.Get(calendarId, id), "reading a series", cancellationToken);
            if (!got.IsSuccess && !got.IsGone)
            {
                return got.Fault;
            }

            if (got.Value is { Id: not null } master)
            {
                rows[id] = GoogleRowReader.Read(master);
                uid ??= rows[id].Uid;
            }
        }

        if (uid is not null)
        {
            var series = new GoogleListing(client, calendarId);
            if (await series.ReadSeriesAsync(uid, "reading a series", cancellationToken) is { } fault)
            {
                return fault;
            }

            foreach (GoogleRow row in series.Rows.Where(r => r.ItemId == id))
            {
                rows[row.Id] = rows.TryGetValue(row.Id, out GoogleRow? change) ? change.OrNewer(row) : row;
            }
        }

        Add(id, rows.Values);
        return null;
    }

    private void Add(string id, IEnumerable<GoogleRow> rows)
    {
        (ProviderItem? item, bool isGone) = GoogleSeries.Build(id, rows);
        if (item is not null)
        {
            _items.Add(item);
        }
        else
        {
            (isGone ? _removed : _unreadable).Add(id);
        }
    }

    private PullChanges Changes(GoogleListing listing, bool isComplete) => new(
        _items.ToImmutable(),
        _removed.ToImmutable(),
        GoogleCursor.Of(listing.SyncToken!),
        isComplete,
        listing.ZoneId,
        listing.Nameless == 0 ? _unreadable.ToImmutable() : [.. _unreadable, Nameless]);
}
