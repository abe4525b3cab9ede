using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Outbound;
using Google.Apis.Calendar.v3;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Finds whose an access token is and which calendars it reaches, and makes calendars.</summary>
internal sealed class GoogleAccounts(GoogleClient client, OutboundHttp http, GoogleOptions options)
{
    private const string Issuer = "https://accounts.google.com";
    private const int PageSize = 250;
    private const int MaxPages = 100;
    private const string UserInfo = "finding whose login it is";
    private const string Listing = "listing calendars";
    private const string Making = "making a calendar";

    /// <summary>Who it is, and their calendars.</summary>
    public async Task<ProviderResult<ProviderAccount>> FindAsync(ProviderAccess access, CancellationToken cancellationToken)
    {
        if (client.TokenFault is { } unusable)
        {
            return unusable;
        }

        OutboundResult answer = await http.SendAsync(
            new OutboundRequest(HttpMethod.Get, options.UserInfoEndpoint)
            {
                Credentials = new AuthenticationHeaderValue("Bearer", access.Secret),
            },
            cancellationToken);
        if (!answer.IsAnswered)
        {
            return GoogleFaults.From(answer.Fault, UserInfo);
        }

        OutboundResponse response = answer.Response;
        if (response.Status != 200 || ReadUser(response.Body) is not ({ } subject, var email))
        {
            return GoogleFaults.From(
                response.Status, GoogleFaults.ReasonOf(response.Body), response.Headers.RetryAfter, UserInfo, client.Now);
        }

        (ImmutableArray<ProviderCalendar> calendars, ProviderFault? fault) = await ListAsync(cancellationToken);
        return fault is null
            ? new ProviderAccount(Issuer, subject, email ?? subject, email, access, calendars)
            : fault;
    }

    /// <summary>Makes a calendar; a color is its owner's, so it is set on the entry in their list.</summary>
    public async Task<ProviderResult<ProviderCalendar>> CreateAsync(
        string name, string? color, CancellationToken cancellationToken)
    {
        GoogleResult<Calendar> made = await client.SendAsync(
            client.Service.Calendars.Insert(new Calendar { Summary = name }), Making, cancellationToken);
        if (!made.IsSuccess)
        {
            return made.Fault;
        }

        if (made.Value.Id is not { Length: > 0 } id)
        {
            return new ProviderFault(ProviderFaultKind.Transient, $"{Making}: it was made but has no id.");
        }

        var calendar = new ProviderCalendar(
            id, name, IsReadOnly: false, IsPrimary: false, ZoneIds.Resolve(made.Value.TimeZone), Color: null);
        if (color is null)
        {
            return calendar;
        }

        CalendarListResource.PatchRequest coloring = client.Service.CalendarList.Patch(
            new CalendarListEntry { BackgroundColor = color, ForegroundColor = GoogleColors.TextOn(color) }, id);
        coloring.ColorRgbFormat = true;
        GoogleResult<CalendarListEntry> colored = await client.SendAsync(coloring, "coloring a calendar", cancellationToken);

        // It is made: a color that could not be set is no reason to have the caller make another.
        return colored.IsSuccess ? calendar with { Color = ColorOf(colored.Value) } : calendar;
    }

    private async Task<(ImmutableArray<ProviderCalendar> Calendars, ProviderFault? Fault)> ListAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, CalendarListEntry> entries = new(StringComparer.Ordinal);
        string? pageToken = null;
        for (int page = 0; page < MaxPages; page++)
        {
            CalendarListResource.ListRequest request = client.Service.CalendarList.List();
            request.MaxResults = PageSize;
            request.PageToken = pageToken;
            GoogleResult<CalendarList> result = await client.SendAsync(request, Listing, cancellationToken);
            if (!result.IsSuccess)
            {
                return ([], result.Fault);
            }

            foreach (CalendarListEntry? entry in result.Value.Items ?? [])
            {
                if (entry is { Id.Length: > 0, Deleted: not true, Hidden: not true })
                {
                    entries[entry.Id] = entry;
                }
            }

            pageToken = result.Value.NextPageToken;
            if (string.IsNullOrEmpty(pageToken))
            {
                return (CalendarsOf([.. entries.Values]), null);
            }
        }

        return ([], new ProviderFault(ProviderFaultKind.Rejected, $"{Listing}: more than {MaxPages} pages are not read."));
    }

    private static ImmutableArray<ProviderCalendar> CalendarsOf(CalendarListEntry[] entries)
    {
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

    private static bool IsReadOnly(CalendarListEntry entry) =>
        entry.AccessRole is not ("owner" or "writer" or "writerWithoutPrivateAccess");

    private static string? ColorOf(CalendarListEntry entry) => ICalendar.CssColors.ToHex(entry.BackgroundColor);

    private static (string? Subject, string? Email) ReadUser(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return (Text(document.RootElement, "sub"), Text(document.RootElement, "email"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
