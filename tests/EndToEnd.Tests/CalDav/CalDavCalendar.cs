using System.Globalization;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.EndToEnd.Tests.CalDav;

/// <summary>A calendar on a real server, and the person who uses it with another program than ours.</summary>
internal sealed class CalDavCalendar : IAsyncDisposable
{
    private readonly CalDavServer _server;
    private readonly OtherClient _client;

    private CalDavCalendar(CalDavServer server) => (_server, _client) = (server, server.Client);

    public Uri Address => _server.Address;

    public string UserName => _server.UserName;

    public string Password => _server.Password;

    /// <summary>The collection.</summary>
    public string Id => $"{_server.Home}work/";

    /// <summary>Starts the server, which is the calendar's from then on, and makes the calendar.</summary>
    public static async Task<CalDavCalendar> StartAsync(CalDavServer server)
    {
        CalDavCalendar calendar = new(server);
        await calendar._server.StartAsync();
        using HttpResponseMessage made = await calendar._client.SendAsync(
            "MKCALENDAR",
            new Uri(calendar.Id),
            """
            <C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
            <displayname>Work</displayname>
            <C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
            </prop></set></C:mkcalendar>
            """,
            "application/xml");
        made.EnsureSuccessStatusCode();
        return calendar;
    }

    /// <summary>Stores an event of one hour.</summary>
    public Task StoreAsync(string name, string summary, DateTimeOffset start) => _client.StoreAsync(Id, name + ".ics", $"""
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Another client//EN
        BEGIN:VEVENT
        UID:{name}@example.com
        DTSTAMP:20261101T000000Z
        DTSTART:{Utc(start)}
        DTEND:{Utc(start.AddHours(1))}
        SUMMARY:{summary}
        X-OTHER-CLIENT;X-WHY=kept:yes
        END:VEVENT
        END:VCALENDAR
        """.ReplaceLineEndings("\r\n"));

    /// <summary>Renames the event that now has another title, whoever made it.</summary>
    public async Task RenameAsync(string from, string to)
    {
        foreach ((Uri resource, string text) in await ReadAllAsync())
        {
            if (text.Contains($"SUMMARY:{from}\r\n", StringComparison.Ordinal))
            {
                using HttpResponseMessage stored = await _client.PutAsync(
                    resource, text.Replace($"SUMMARY:{from}\r\n", $"SUMMARY:{to}\r\n", StringComparison.Ordinal));
                stored.EnsureSuccessStatusCode();
            }
        }
    }

    /// <summary>Deletes an event that <see cref="StoreAsync"/> made.</summary>
    public Task DeleteAsync(string name) => _client.DeleteAsync(new Uri(new Uri(Id), name + ".ics"));

    /// <summary>Every event as "title start", ordered: what the cache must be equal to.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync() =>
        [.. (await ReadAllAsync()).Select(r => $"{Line(r.Text, "SUMMARY")} {Line(r.Text, "DTSTART")}").Order(StringComparer.Ordinal)];

    /// <summary>Every event's title and start, which is in UTC.</summary>
    public async Task<IReadOnlyList<(string Summary, DateTimeOffset Start)>> ReadAsync() =>
        [.. (await ReadAllAsync()).Select(r => (Line(r.Text, "SUMMARY"), DateTimeOffset.ParseExact(
            Line(r.Text, "DTSTART"), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)))];

    /// <summary>Every event's UID.</summary>
    public async Task<IReadOnlyList<string>> UidsAsync() => [.. (await ReadAllAsync()).Select(r => Line(r.Text, "UID"))];

    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<List<(Uri Resource, string Text)>> ReadAllAsync()
    {
        List<(Uri, string)> all = [];
        foreach (string path in await _client.ListAsync(Id))
        {
            Uri resource = new(Address, path);
            if (await _client.ReadAsync(resource) is { } text)
            {
                all.Add((resource, text.ReplaceLineEndings("\r\n")));
            }
        }

        return all;
    }

    private static string Line(string text, string name)
    {
        string inEvent = text[text.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal)..];
        string line = inEvent.Split("\r\n").First(l => l.StartsWith(name, StringComparison.Ordinal) && l[name.Length] is ':' or ';');
        return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
