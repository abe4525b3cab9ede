using CalendarActors.Domain.Providers;
using Microsoft.Graph.Me.Calendars.Item.CalendarView.Delta;
using Microsoft.Graph.Models;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What <c>calendarView/delta</c> said, all pages of it.</summary>
/// <remarks>
/// Rows come in any order, more than once, and on empty pages; occurrences come without their content. So a series is
/// only noted as touched, and an id that was both there and not is asked for. <c>@removed</c> may mean deleted, moved
/// out of the window, or an occurrence of which nobody says whose.
/// </remarks>
internal sealed class GraphFeed
{
    // A window of twenty years with a thousand daily series.
    private const int MaxRows = 8_000_000;
    private const int PageSize = 200;

    private readonly Dictionary<string, Event> _singles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _series = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private int _rows;

    private GraphFeed()
    {
    }

    /// <summary>Events that are no part of a series, by id; content may be missing.</summary>
    public IReadOnlyDictionary<string, Event> Singles => _singles;

    /// <summary>Ids of the masters of all series with a row.</summary>
    public IReadOnlySet<string> Series => _series;

    /// <summary>Ids that are not in the window (any more).</summary>
    public IReadOnlySet<string> Removed => _removed;

    /// <summary>Where the next feed starts.</summary>
    public string Link { get; private set; } = "";

    /// <summary>True for ids with a row.</summary>
    public bool Lists(string id) => _singles.ContainsKey(id) || _series.Contains(id);

    /// <summary>Everything in a window.</summary>
    public static Task<ProviderResult<GraphFeed>> ReadAllAsync(
        GraphSession session, string calendarId, Interval window, CancellationToken cancellationToken) =>
        ReadAsync(session, calendarId, null, window, cancellationToken);

    /// <summary>What changed since a link.</summary>
    public static Task<ProviderResult<GraphFeed>> ReadChangesAsync(
        GraphSession session, string calendarId, GraphCursor cursor, CancellationToken cancellationToken) =>
        ReadAsync(session, calendarId, cursor.Link, cursor.Window, cancellationToken);

    private static async Task<ProviderResult<GraphFeed>> ReadAsync(
        GraphSession session, string calendarId, string? start, Interval window, CancellationToken cancellationToken)
    {
        var feed = new GraphFeed();
        const string Stage = "reading changes";
        ProviderFault? fault = await session.PagesAsync<DeltaGetResponse>(
            Stage,
            (client, link, token) =>
            {
                DeltaRequestBuilder delta = client.Me.Calendars[calendarId].CalendarView.Delta;
                return (link ?? start) is { } there
                    ? delta.WithUrl(there).GetAsDeltaGetResponseAsync(
                        request => request.Headers.Add("Prefer", $"odata.maxpagesize={PageSize}"), token)
                    : delta.GetAsDeltaGetResponseAsync(
                        request =>
                        {
                            request.QueryParameters.StartDateTime = Text(window.Start);
                            request.QueryParameters.EndDateTime = Text(window.End);
                            request.Headers.Add("Prefer", $"odata.maxpagesize={PageSize}");
                        },
                        token);
            },
            page => page.OdataNextLink,
            feed.Take,
            cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        return GraphLinks.IsOurs(session.BaseAddress, feed.Link)
            ? feed
            : new ProviderFault(ProviderFaultKind.Transient, $"{Stage}: the last page has no link of this Graph to go on from.");
    }

    private static string Text(Instant instant) => InstantPattern.General.Format(instant);

    private bool Take(DeltaGetResponse page)
    {
        Link = page.OdataDeltaLink ?? Link;
        foreach (Event row in page.Value ?? [])
        {
            if (++_rows > MaxRows)
            {
                return false;
            }

            if (row.Id is { Length: > 0 } id)
            {
                Take(id, row);
            }
        }

        return true;
    }

    private void Take(string id, Event row)
    {
        if (row.AdditionalData.ContainsKey("@removed"))
        {
            _removed.Add(id);
        }
        else if (row.SeriesMasterId is { Length: > 0 } master)
        {
            _series.Add(master);
        }
        else if (row.Type == EventType.SeriesMaster)
        {
            _series.Add(id);
        }
        else
        {
            _singles[id] = row;
        }
    }
}
