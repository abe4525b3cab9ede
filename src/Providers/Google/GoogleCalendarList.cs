using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using Google.Apis.Calendar.v3;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Reads the list of a login's calendars to its last page.</summary>
internal sealed class GoogleCalendarList(GoogleClient client)
{
    private const int PageSize = 250;
    private const int MaxPages = 100;
    private const string Stage = "listing calendars";

    private readonly Dictionary<string, CalendarListEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Each entry once, hidden and deleted ones too where they were sent.</summary>
    public IReadOnlyCollection<CalendarListEntry> Entries => _entries.Values;

    /// <summary>What to ask with the next time; null when the last page had none.</summary>
    public string? Next { get; private set; }

    /// <summary>True when a sync token was refused: it is too old, or never was one.</summary>
    public bool IsTokenRefused { get; private set; }

    /// <summary>The whole list, or what changed since a sync token.</summary>
    public async Task<ProviderFault?> ReadAsync(string? syncToken, CancellationToken cancellationToken)
    {
        string? pageToken = null;
        for (int page = 0; page < MaxPages; page++)
        {
            CalendarListResource.ListRequest request = client.Service.CalendarList.List();
            request.MaxResults = PageSize;
            request.PageToken = pageToken;
            request.SyncToken = syncToken;
            GoogleResult<CalendarList> result = await client.SendAsync(request, Stage, cancellationToken);
            if (!result.IsSuccess)
            {
                IsTokenRefused = syncToken is not null && result.Status is 400 or 410;
                return result.Fault;
            }

            foreach (CalendarListEntry? entry in result.Value.Items ?? [])
            {
                if (entry is { Id.Length: > 0 })
                {
                    _entries[entry.Id] = entry;
                }
            }

            pageToken = result.Value.NextPageToken;
            if (string.IsNullOrEmpty(pageToken))
            {
                Next = result.Value.NextSyncToken is { Length: > 0 } token ? GoogleCursor.Of(token) : null;
                return null;
            }
        }

        return new ProviderFault(ProviderFaultKind.Rejected, $"{Stage}: more than {MaxPages} pages are not read.");
    }

    /// <summary>The calendars that a person sees in a whole list.</summary>
    public ImmutableArray<ProviderCalendar> Calendars()
    {
        CalendarListEntry[] entries = [.. _entries.Values.Where(e => e is { Deleted: not true, Hidden: not true })];

        // A login that hides its primary calendar still has a first one.
        int primary = Array.FindIndex(entries, e => e.Primary == true);
        primary = primary >= 0 ? primary : Math.Max(0, Array.FindIndex(entries, e => !IsReadOnly(e)));
        return [.. entries.Select((entry, i) => new ProviderCalendar(
            entry.Id!,
            entry.SummaryOverride is { Length: > 0 } own ? own : entry.Summary ?? "",
            IsReadOnly(entry),
            IsPrimary: i == primary,
            ZoneIds.Resolve(entry.TimeZone),
            ColorOf(entry)))];
    }

    /// <summary>The color of an entry, <c>#RRGGBB</c>; null for none.</summary>
    public static string? ColorOf(CalendarListEntry entry) => ICalendar.CssColors.ToHex(entry.BackgroundColor);

    private static bool IsReadOnly(CalendarListEntry entry) =>
        entry.AccessRole is not ("owner" or "writer" or "writerWithoutPrivateAccess");
}
