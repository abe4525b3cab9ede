using CalendarActors.Domain.Providers;
using Microsoft.Graph;
using Microsoft.Graph.Me.Events.Item;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Reads single events and series of one calendar.</summary>
internal sealed class GraphEvents(GraphSession session, string calendarId)
{
    private const int PageSize = 100;
    private const int MaxFound = 10;
    private const int MaxMasters = 20_000;
    private const string Reading = "reading an event";

    private static readonly string[] Fields =
    [
        "id", "changeKey", "type", "seriesMasterId", "iCalUId", "transactionId", "subject", "body", "start", "end",
        "isAllDay", "originalStartTimeZone", "originalEndTimeZone", "recurrence", "showAs", "sensitivity", "isCancelled",
        "responseStatus", "isOrganizer", "organizer", "attendees", "categories", "isReminderOn",
        "reminderMinutesBeforeStart", "location", "isOnlineMeeting", "onlineMeeting", "onlineMeetingUrl",
        "createdDateTime", "lastModifiedDateTime", "cancelledOccurrences", "exceptionOccurrences",
    ];

    /// <summary>An event, or a series master with its exceptions.</summary>
    public Task<ProviderResult<Event>> GetAsync(string id, CancellationToken cancellationToken) => session.AskAsync(
        Reading, (client, token) => client.Me.Events[id].GetAsync(Ask, token), cancellationToken);

    /// <summary>Many of them, twenty in one request, one request at a time: a mailbox takes four, and its calendars share them.</summary>
    public async Task<ProviderResult<GraphFetched>> FetchAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var fetched = new GraphFetched();
        foreach (string[] some in ids.Chunk(GraphSession.BatchSize))
        {
            ProviderResult<Event>[] results = some is [var one]
                ? [await GetAsync(one, cancellationToken)]
                : await session.BatchAsync<Event>(
                    Reading,
                    [.. some.Select(id => (Func<GraphServiceClient, RequestInformation>)(client => client.Me.Events[id].ToGetRequestInformation(Ask)))],
                    Event.CreateFromDiscriminatorValue,
                    cancellationToken);
            foreach ((string id, ProviderResult<Event> result) in some.Zip(results))
            {
                if (!result.IsSuccess && result.Fault.Kind != ProviderFaultKind.NotFound)
                {
                    return result.Fault;
                }

                fetched.Add(id, result.Value);
            }
        }

        return fetched;
    }

    /// <summary>The events that carry a key, the oldest first: copies made in Outlook carry it too.</summary>
    public async Task<ProviderResult<List<Event>>> FindAsync(string eventKey, CancellationToken cancellationToken)
    {
        ProviderResult<EventCollectionResponse> found = await session.AskAsync(
            "looking for an event",
            (client, token) => client.Me.Calendars[calendarId].Events.GetAsync(
                request =>
                {
                    request.QueryParameters.Filter = GraphProperties.FilterOf(eventKey);
                    request.QueryParameters.Select = ["id", "createdDateTime"];
                    request.QueryParameters.Top = MaxFound;
                },
                token),
            cancellationToken);
        return found.IsSuccess
            ? (found.Value.Value ?? []).Where(e => e.Id is { Length: > 0 }).OrderBy(e => e.CreatedDateTime).ToList()
            : found.Fault;
    }

    /// <summary>Ids and change keys of all series masters.</summary>
    public async Task<ProviderResult<List<Event>>> MastersAsync(CancellationToken cancellationToken)
    {
        List<Event> masters = [];
        ProviderFault? fault = await session.PagesAsync(
            "listing series",
            (client, link, token) => link is null
                ? client.Me.Calendars[calendarId].Events.GetAsync(
                    request =>
                    {
                        request.QueryParameters.Filter = "type eq 'seriesMaster'";
                        request.QueryParameters.Select = ["id", "changeKey", "type"];
                        request.QueryParameters.Top = PageSize;
                    },
                    token)
                : client.Me.Calendars[calendarId].Events.WithUrl(link).GetAsync(cancellationToken: token),
            page => page.OdataNextLink,
            page =>
            {
                masters.AddRange(page.Value ?? []);
                return masters.Count <= MaxMasters;
            },
            cancellationToken);
        return fault is null ? masters : fault;
    }

    /// <summary>Whether an event is known to lie in another calendar of the same mailbox.</summary>
    /// <remarks>Whether an event's address must name its own calendar is nowhere promised, so its calendar is asked for too.</remarks>
    /// <returns>False also when Graph does not say.</returns>
    public async Task<(bool IsElsewhere, ProviderFault? Fault)> IsElsewhereAsync(string id, CancellationToken cancellationToken)
    {
        ProviderResult<Event> here = await session.AskAsync(
            "looking for an event in its calendar",
            (client, token) => client.Me.Calendars[calendarId].Events[id].GetAsync(
                request => request.QueryParameters.Select = ["id"], token),
            cancellationToken);
        if (!here.IsSuccess)
        {
            return here.Fault.Kind == ProviderFaultKind.NotFound ? (true, null) : (false, here.Fault);
        }

        ProviderResult<Calendar> calendar = await session.AskAsync(
            "looking for an event's calendar",
            (client, token) => client.Me.Events[id].Calendar.GetAsync(
                request => request.QueryParameters.Select = ["id"], token),
            cancellationToken);
        return calendar.IsSuccess ? (calendar.Value.Id is { } other && other != calendarId, null)
            : calendar.Fault.Kind is ProviderFaultKind.NotFound or ProviderFaultKind.Rejected ? (false, null)
            : (false, calendar.Fault);
    }

    private static void Ask(RequestConfiguration<EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters> request)
    {
        request.QueryParameters.Select = Fields;
        request.QueryParameters.Expand = ["exceptionOccurrences", GraphProperties.Expand];
    }
}
