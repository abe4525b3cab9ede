using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using Microsoft.Graph.Models;
using NodaTime;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Finds what changed in one calendar.</summary>
/// <remarks>
/// 1. The feed of a window, from the beginning or from a link. 2. The events that it touched: single ones as the feed
/// has them, where that is enough; series, and whatever must be asked for, one by one. 3. What is not there any more.
/// The link is older than what is read in 2, so that what changes meanwhile is found again by the next pull.
/// </remarks>
internal sealed class GraphPull(GraphSession session, string calendarId)
{
    // A feed is bound to its window: the margin is how long it serves before a new generation must begin.
    private static readonly Duration Margin = Duration.FromDays(35);

    // Servers and we may disagree on a day's first moment, so near the ends nothing is concluded from absence.
    private static readonly Duration Edge = Duration.FromDays(2);

    private const int MaxSeriesAsked = 10;

    private static readonly ProviderFault Resync = new(ProviderFaultKind.ResyncRequired, "The cursor is not one of this adapter's, or of another Graph.");

    private readonly GraphEvents _events = new(session, calendarId);

    /// <summary>Everything, or what changed since a cursor.</summary>
    public async Task<ProviderResult<PullChanges>> PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        GraphCursor? cursor = null;
        if (request.Cursor is { } text
            && (!GraphCursor.TryParse(text, out cursor) || !GraphLinks.IsOurs(session.BaseAddress, cursor.Link)))
        {
            return Resync;
        }

        return cursor?.Covers(request.Window) == true
            ? await PullChangesAsync(cursor, request, cancellationToken)
            : await PullAllAsync(request, cancellationToken);
    }

    /// <summary>The differences between what is known and what is there.</summary>
    public async Task<ProviderResult<PullChanges>> ReconcileAsync(PullRequest request, CancellationToken cancellationToken)
    {
        // 1
        Interval window = Padded(request.Window);
        Instant begun = session.Now;
        ProviderResult<GraphFeed> read = await GraphFeed.ReadAllAsync(session, calendarId, window, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Fault;
        }

        // 2 The versions of single events are in the feed; those of series are not.
        GraphFeed feed = read.Value;
        IReadOnlyDictionary<string, KnownVersion> known = await request.KnownAsync(cancellationToken);
        Dictionary<string, Event> different = feed.Singles
            .Where(s => !IsKnown(known, s.Key, GraphVersion.Of(s.Value)))
            .ToDictionary(StringComparer.Ordinal);
        string[] unlisted = [.. known.Keys.Where(id => !feed.Lists(id))];
        GraphContents contents = GraphContents.Of(different, known);
        ProviderResult<GraphFetched> fetched = await _events.FetchAsync(
            [.. contents.Wanting, .. feed.Series, .. unlisted], cancellationToken);
        if (!fetched.IsSuccess)
        {
            return fetched.Fault;
        }

        // 3
        ProviderResult<HashSet<string>> gone = await GoneAsync(fetched.Value, unlisted, window, cancellationToken);
        if (!gone.IsSuccess)
        {
            return gone.Fault;
        }

        return new PullChanges(
            [
                .. contents.Items,
                .. fetched.Value.Items.Values.Where(i => !gone.Value.Contains(i.Id) && !IsKnown(known, i.Id, i.Version)),
            ],
            [.. gone.Value.Where(known.ContainsKey)],
            new GraphCursor(window, begun, feed.Link).ToString(),
            IsComplete: false,
            ZoneId: null,
            [.. contents.Unreadable, .. fetched.Value.Unreadable]);
    }

    private async Task<ProviderResult<PullChanges>> PullAllAsync(PullRequest request, CancellationToken cancellationToken)
    {
        // 1
        Interval window = Padded(request.Window);
        Instant begun = session.Now;
        ProviderResult<GraphFeed> read = await GraphFeed.ReadAllAsync(session, calendarId, window, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Fault;
        }

        // 2 What applications wrote is kept whatever its date, so it is asked for before it is called gone.
        GraphFeed feed = read.Value;
        IReadOnlyDictionary<string, KnownVersion> known = await request.KnownAsync(cancellationToken);
        string[] unlisted = [.. known.Where(k => k.Value.IsManaged && !feed.Lists(k.Key)).Select(k => k.Key)];
        GraphContents contents = GraphContents.Of(feed.Singles, known);
        ProviderResult<GraphFetched> fetched = await _events.FetchAsync(
            [.. contents.Wanting, .. feed.Series, .. unlisted], cancellationToken);
        if (!fetched.IsSuccess)
        {
            return fetched.Fault;
        }

        // 3 What is left out is gone.
        ProviderResult<HashSet<string>> gone = await GoneAsync(fetched.Value, unlisted, window, cancellationToken);
        if (!gone.IsSuccess)
        {
            return gone.Fault;
        }

        return new PullChanges(
            [.. contents.Items, .. fetched.Value.Items.Values.Where(i => !gone.Value.Contains(i.Id))],
            [],
            new GraphCursor(window, begun, feed.Link).ToString(),
            IsComplete: true,
            ZoneId: null,
            [.. contents.Unreadable, .. fetched.Value.Unreadable])
        {
            Covers = window,
        };
    }

    private async Task<ProviderResult<PullChanges>> PullChangesAsync(
        GraphCursor cursor, PullRequest request, CancellationToken cancellationToken)
    {
        // 1
        ProviderResult<GraphFeed> read = await GraphFeed.ReadChangesAsync(session, calendarId, cursor, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Fault;
        }

        GraphFeed feed = read.Value;
        string next = (cursor with { Link = feed.Link }).ToString();
        if (feed is { Singles.Count: 0, Series.Count: 0, Removed.Count: 0 })
        {
            return new PullChanges([], [], next, IsComplete: false, ZoneId: null, []);
        }

        // 2
        IReadOnlyDictionary<string, KnownVersion> known = await request.KnownAsync(cancellationToken);
        string[] doubtful = [.. feed.Removed.Where(id => known.ContainsKey(id) || feed.Lists(id))];
        ProviderResult<List<string>> suspects = await SuspectsAsync(feed, known, cancellationToken);
        if (!suspects.IsSuccess)
        {
            return suspects.Fault;
        }

        GraphContents contents = GraphContents.Of(
            feed.Singles.Where(s => !feed.Removed.Contains(s.Key)).ToDictionary(StringComparer.Ordinal), known);
        HashSet<string> asked = [.. contents.Wanting, .. feed.Series, .. doubtful, .. suspects.Value];
        ProviderResult<GraphFetched> fetched = await _events.FetchAsync(asked, cancellationToken);
        if (!fetched.IsSuccess)
        {
            return fetched.Fault;
        }

        // 3 Of ids that we do not know it does not matter why they are not in the window.
        ProviderResult<HashSet<string>> gone = await GoneAsync(fetched.Value, doubtful, cursor.Window, cancellationToken);
        if (!gone.IsSuccess)
        {
            return gone.Fault;
        }

        gone.Value.UnionWith(feed.Removed.Where(id => !asked.Contains(id)));
        return new PullChanges(
            [
                .. contents.Items,
                .. fetched.Value.Items.Values.Where(i => !gone.Value.Contains(i.Id)
                    && (!suspects.Value.Contains(i.Id, StringComparer.Ordinal) || !IsKnown(known, i.Id, i.Version))),
            ],
            [.. gone.Value],
            next,
            IsComplete: false,
            ZoneId: null,
            [.. contents.Unreadable, .. fetched.Value.Unreadable]);
    }

    // An id that we do not know may have been an occurrence, deleted by itself: whose, is not said.
    private async Task<ProviderResult<List<string>>> SuspectsAsync(
        GraphFeed feed, IReadOnlyDictionary<string, KnownVersion> known, CancellationToken cancellationToken)
    {
        if (feed.Removed.All(known.ContainsKey))
        {
            return new List<string>();
        }

        List<string> series = [.. known.Where(k => GraphVersion.IsOfSeries(k.Value.Version) && !feed.Lists(k.Key)).Select(k => k.Key)];
        if (series.Count <= MaxSeriesAsked)
        {
            return series;
        }

        ProviderResult<List<Event>> masters = await _events.MastersAsync(cancellationToken);
        if (!masters.IsSuccess)
        {
            // A server that knows no such filter: then all of them are read.
            return masters.Fault.Kind == ProviderFaultKind.Rejected ? series : masters.Fault;
        }

        Dictionary<string, Event> byId = masters.Value.Where(m => m.Id is not null).ToDictionary(m => m.Id!, StringComparer.Ordinal);
        return series.Where(id => !byId.TryGetValue(id, out Event? master) || !GraphVersion.IsOf(known[id].Version, master)).ToList();
    }

    // What was asked for because the window does not list it, and what was asked for and is not there.
    private async Task<ProviderResult<HashSet<string>>> GoneAsync(
        GraphFetched fetched, IEnumerable<string> unlisted, Interval window, CancellationToken cancellationToken)
    {
        HashSet<string> gone = new(fetched.Gone, StringComparer.Ordinal);
        Interval core = new(window.Start + Edge, window.End - Edge);
        foreach (string id in unlisted)
        {
            if (!fetched.Items.TryGetValue(id, out ProviderItem? item)
                || Happenings.Of(item.Object, core, DateTimeZone.Utc).Occurrences.IsEmpty)
            {
                continue;
            }

            (bool isElsewhere, ProviderFault? fault) = await _events.IsElsewhereAsync(id, cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            if (isElsewhere)
            {
                gone.Add(id);
            }
        }

        return gone;
    }

    private static bool IsKnown(IReadOnlyDictionary<string, KnownVersion> known, string id, string? version) =>
        version is not null && known.TryGetValue(id, out KnownVersion had) && had.Version == version;

    private static Interval Padded(Interval window) => new(window.Start - Margin, window.End + Margin);
}
