using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using Google.Apis.Calendar.v3;
using Google.Apis.Calendar.v3.Data;
using Newtonsoft.Json.Linq;

namespace CalendarActors.Providers.Google;

/// <summary>Reads lists of events to their last page.</summary>
internal sealed class GoogleListing(GoogleClient client, string calendarId)
{
    private const int PageSize = 2_500;
    private const int MaxPages = 400;
    private const int MaxRows = 250_000;

    private readonly Dictionary<string, GoogleRow> _rows = new(StringComparer.Ordinal);

    /// <summary>Each event once: of an event on two pages the newer form, because it changed between them.</summary>
    public IReadOnlyCollection<GoogleRow> Rows => _rows.Values;

    /// <summary>How many rows did not even say which event they are.</summary>
    public int Nameless { get; private set; }

    /// <summary>Of the last page; null where a list has none.</summary>
    public string? SyncToken { get; private set; }

    /// <summary>IANA zone of the calendar; null when it was not said.</summary>
    public string? ZoneId { get; private set; }

    /// <summary>Status of the first page that failed; 0 when there was no answer, or no failure.</summary>
    public int FailedStatus { get; private set; }

    /// <summary>True when the first page failed, so that the list's own parameters were refused and not a page's token.</summary>
    public bool FailedAtOnce { get; private set; }

    /// <summary>Everything, or what changed since a sync token. Both ask in the same way, as the token demands.</summary>
    public Task<ProviderFault?> ReadAsync(string? syncToken, string stage, CancellationToken cancellationToken) =>
        ReadPagesAsync(
            () =>
            {
                EventsResource.ListRequest request = client.Service.Events.List(calendarId);
                request.SingleEvents = false;
                request.MaxResults = PageSize;
                request.SyncToken = syncToken;
                return request;
            },
            isSynchronized: true,
            stage,
            cancellationToken);

    /// <summary>Every row of one series, deleted ones too.</summary>
    public Task<ProviderFault?> ReadSeriesAsync(string uid, string stage, CancellationToken cancellationToken) =>
        ReadPagesAsync(
            () =>
            {
                EventsResource.ListRequest request = client.Service.Events.List(calendarId);
                request.SingleEvents = false;
                request.MaxResults = PageSize;
                request.ICalUID = uid;
                request.ShowDeleted = true;
                return request;
            },
            isSynchronized: false,
            stage,
            cancellationToken);

    private async Task<ProviderFault?> ReadPagesAsync(
        Func<EventsResource.ListRequest> requestOf, bool isSynchronized, string stage, CancellationToken cancellationToken)
    {
        string? pageToken = null;
        for (int page = 0; page < MaxPages; page++)
        {
            EventsResource.ListRequest request = requestOf();
            request.PageToken = pageToken;
            GoogleResult<EventPage> result = await client.SendAsAsync<Events, EventPage>(request, stage, cancellationToken);
            if (!result.IsSuccess)
            {
                FailedStatus = result.Status;
                FailedAtOnce = page == 0;

                // A page's token died on the way: the list itself was good, and is read from its beginning the next time.
                return result.Status == 400 && page > 0 ? result.Fault with { Kind = ProviderFaultKind.Transient } : result.Fault;
            }

            Add(result.Value);
            if (_rows.Count > MaxRows)
            {
                break;
            }

            if (result.Value.NextPageToken is not { Length: > 0 } next)
            {
                SyncToken = result.Value.NextSyncToken;
                return isSynchronized && string.IsNullOrEmpty(SyncToken)
                    ? new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the last page had no sync token.")
                    : null;
            }

            if (next == pageToken)
            {
                return new ProviderFault(ProviderFaultKind.Transient, $"{stage}: a page named itself as the next one.");
            }

            pageToken = next;
        }

        return new ProviderFault(ProviderFaultKind.Rejected, $"{stage}: more than {MaxRows} events or {MaxPages} pages are not read.");
    }

    private void Add(EventPage page)
    {
        ZoneId = ZoneIds.Resolve(page.TimeZone) ?? ZoneId;
        foreach (JToken token in page.Items ?? [])
        {
            if (GoogleRowReader.Read(token) is { } row)
            {
                _rows[row.Id] = _rows.TryGetValue(row.Id, out GoogleRow? earlier) ? row.OrNewer(earlier) : row;
            }
            else
            {
                Nameless++;
            }
        }
    }
}
