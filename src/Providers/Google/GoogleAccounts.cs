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
    private const string UserInfo = "finding whose login it is";
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

        var list = new GoogleCalendarList(client);
        return await list.ReadAsync(syncToken: null, cancellationToken) is { } fault
            ? fault
            : new ProviderAccount(Issuer, subject, email ?? subject, email, access, list.Calendars());
    }

    /// <summary>Their calendars: none of it, when nothing in the list changed since a cursor.</summary>
    public async Task<ProviderResult<CalendarListing>> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is not null && GoogleCursor.TokenOf(cursor) is { } token)
        {
            var changes = new GoogleCalendarList(client);
            ProviderFault? fault = await changes.ReadAsync(token, cancellationToken);
            if (fault is not null && !changes.IsTokenRefused)
            {
                return fault;
            }

            if (fault is null && changes is { Entries.Count: 0, Next: { } next })
            {
                return new CalendarListing(null, next);
            }
        }

        var list = new GoogleCalendarList(client);
        return await list.ReadAsync(syncToken: null, cancellationToken) is { } refused
            ? refused
            : new CalendarListing(list.Calendars(), list.Next);
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
        return colored.IsSuccess ? calendar with { Color = GoogleCalendarList.ColorOf(colored.Value) } : calendar;
    }

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
