using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Convergence.Tests;

/// <summary>What a person does with another program at their CalDAV server, by chance from a seed.</summary>
internal sealed partial class CalDavHistory(OtherClient client, Uri calendar, Random random)
{
    private const int Names = 6;
    private const string Theirs = "oth";

    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private int _steps;
    private int _edits;

    /// <summary>Makes the calendar.</summary>
    public async Task BeginAsync()
    {
        using HttpResponseMessage made = await client.SendAsync("MKCALENDAR", calendar, """
            <C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
            <displayname>Work</displayname>
            <C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>
            </prop></set></C:mkcalendar>
            """, "application/xml");
        made.EnsureSuccessStatusCode();
    }

    /// <summary>One thing.</summary>
    public async Task StepAsync()
    {
        if (random.Next(5) == 0)
        {
            string[] ours = [.. (await client.ListAsync(calendar.AbsoluteUri)).Where(p => !NameOf(p).StartsWith(Theirs, StringComparison.Ordinal))];
            if (ours.Length > 0)
            {
                await EditAsync(ours[random.Next(ours.Length)]);
                return;
            }
        }

        string name = $"{Theirs}{random.Next(Names)}.ics";
        string summary = $"Theirs {++_steps}";
        if (_there.Contains(name) && random.Next(3) == 0)
        {
            await client.DeleteAsync(new Uri(calendar, name));
            _there.Remove(name);
            return;
        }

        string uid = $"{name}@example.com";
        int day = random.Next(10, 29);
        string text = random.Next(3) switch
        {
            0 => EventTexts.Simple(uid, summary, $"202703{day}T090000Z", $"202703{day}T100000Z"),
            1 => EventTexts.Simple(uid, summary, $"202703{day}T140000Z", $"202703{day}T150000Z")
                .Replace("SUMMARY", "RRULE:FREQ=DAILY;COUNT=4\r\nSUMMARY", StringComparison.Ordinal),
            _ => EventTexts.Rich(uid),
        };
        await client.StoreAsync(calendar.AbsoluteUri, name, text);
        _there.Add(name);
    }

    /// <summary>They say where an event takes place, unless it is not there or somebody else changes it at this moment.</summary>
    public async Task EditAsync(string path)
    {
        Uri resource = new(calendar, path);
        using HttpResponseMessage read = await client.SendAsync("GET", resource, null, null);
        if (!read.IsSuccessStatusCode)
        {
            return;
        }

        string place = $"Room {Interlocked.Increment(ref _edits)}";
        string text = Place().Replace((await read.Content.ReadAsStringAsync()).ReplaceLineEndings("\r\n"), "")
            .Replace("BEGIN:VEVENT\r\n", $"BEGIN:VEVENT\r\nLOCATION:{place}\r\n", StringComparison.Ordinal);
        using HttpResponseMessage stored = await client.SendAsync(
            "PUT", resource, text, "text/calendar; charset=utf-8", new KeyValuePair<string, string>("If-Match", $"{read.Headers.ETag}"));
        if (stored.IsSuccessStatusCode)
        {
            _places[NameOf(path)] = place;
        }
    }

    /// <summary>The events that no longer are where they said.</summary>
    public async Task<string[]> LostEditsAsync() =>
    [
        .. (await ReadAllAsync())
            .Where(e => _places.TryGetValue(e.Name, out string? place)
                && !e.Text.Contains($"\r\nLOCATION:{place}\r\n", StringComparison.Ordinal))
            .Select(e => $"{e.Name} is not in {_places[e.Name]}:\n{e.Text}"),
    ];

    /// <summary>The titles of the events that have one of these UIDs.</summary>
    public async Task<string?[]> TitlesOfAsync(IReadOnlySet<string> uids) =>
        [.. (await ReadAllAsync()).Where(e => uids.Contains(Line(e.Text, "UID"))).Select(e => Line(e.Text, "SUMMARY"))];

    /// <summary>UID, title and number of overrides of every event.</summary>
    public async Task<IEnumerable<string>> EventsAsync() => (await ReadAllAsync())
        .Select(e => $"{Line(e.Text, "UID")} {Line(e.Text, "SUMMARY")} {e.Text.Split("BEGIN:VEVENT").Length - 2}");

    private async Task<List<(string Name, string Text)>> ReadAllAsync()
    {
        List<(string, string)> all = [];
        foreach (string path in await client.ListAsync(calendar.AbsoluteUri))
        {
            if (await client.ReadAsync(new Uri(calendar, path)) is { } text)
            {
                all.Add((NameOf(path), text.ReplaceLineEndings("\r\n").Replace("\r\n ", "", StringComparison.Ordinal)));
            }
        }

        return all;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    // Of the master: servers that reorder components put the one without a recurrence id anywhere.
    private static string Line(string text, string name)
    {
        string master = text.Split("BEGIN:VEVENT")[1..].First(e => !e.Contains("\r\nRECURRENCE-ID", StringComparison.Ordinal));
        string line = master.Split("\r\n").First(l => l.StartsWith(name, StringComparison.Ordinal) && l[name.Length] is ':' or ';');
        return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    [GeneratedRegex("^LOCATION[^\r\n]*\r\n", RegexOptions.NonBacktracking | RegexOptions.Multiline)]
    private static partial Regex Place();
}
