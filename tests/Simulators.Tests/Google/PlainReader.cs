using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Simulators.Tests.Google;

/// <summary>The least that a client has to do to keep a copy of a calendar, by Google's guide to synchronization.</summary>
internal sealed class PlainReader(GoogleSimulator google, Caller caller, string calendar)
{
    private readonly Dictionary<string, JsonObject> _kept = new(StringComparer.Ordinal);
    private string? _syncToken;

    /// <summary>How often everything was read.</summary>
    public int FullReads { get; private set; }

    /// <summary>Id, status and etag of what is kept, in order.</summary>
    public IReadOnlyList<string> Kept => Describe(_kept.Values);

    /// <summary>The same of the truth.</summary>
    public IReadOnlyList<string> Truth => Describe(google.ListEvents(calendar));

    /// <summary>Reads what changed, as often as it takes. <paramref name="between"/> is called after each page.</summary>
    public async Task ReadAsync(int pageSize, Action between)
    {
        while (!await TryReadAsync(pageSize, between))
        {
        }
    }

    // A full read is put together aside and takes the place of what is kept when it is complete.
    private async Task<bool> TryReadAsync(int pageSize, Action between)
    {
        var rows = new List<JsonObject>();
        string? page = null;
        bool isFull = _syncToken is null;
        FullReads += isFull ? 1 : 0;
        do
        {
            string query = $"?maxResults={pageSize}" + (isFull ? "" : $"&syncToken={_syncToken}") + (page is null ? "" : $"&pageToken={page}");
            JsonObject answer = await caller.AskAsync("GET", $"calendars/{calendar}/events{query}");
            if (caller.Status != 200)
            {
                _syncToken = caller.Status == 410 ? null : _syncToken;
                return false;
            }

            rows.AddRange(answer["items"]!.AsArray().Select(row => (JsonObject)row!));
            page = answer.Text("nextPageToken");
            if (page is null)
            {
                _syncToken = answer.Text("nextSyncToken");
            }

            between();
        }
        while (page is not null);

        if (isFull)
        {
            _kept.Clear();
        }

        rows.ForEach(Apply);
        return true;
    }

    private void Apply(JsonObject row)
    {
        if (row.Text("status") != "cancelled" || row.Text("recurringEventId") is not null)
        {
            _kept[row.Id()] = row;
            return;
        }

        // A deleted series takes its exceptions along, whether they are listed or not.
        _kept.Remove(row.Id());
        foreach (JsonObject exception in _kept.Values.Where(kept => kept.Text("recurringEventId") == row.Id()).ToList())
        {
            _kept.Remove(exception.Id());
        }
    }

    private static string[] Describe(IEnumerable<JsonObject> items) =>
        [.. items.Select(item => $"{item.Id()} {item.Text("status")} {item.Text("etag")}").Order(StringComparer.Ordinal)];
}
