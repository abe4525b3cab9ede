using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Convergence.Tests;

/// <summary>What a person does with another program at their CalDAV server, by chance from a seed.</summary>
internal sealed class CalDavHistory(OtherClient client, Uri calendar, Random random)
{
    private const int Names = 6;

    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private int _steps;

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
        string name = $"oth{random.Next(Names)}.ics";
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

    /// <summary>The titles of the events that have one of these UIDs.</summary>
    public async Task<string?[]> TitlesOfAsync(IReadOnlySet<string> uids) =>
        [.. (await ReadAllAsync()).Where(t => uids.Contains(Line(t, "UID"))).Select(t => Line(t, "SUMMARY"))];

    /// <summary>UID, title and number of overrides of every event.</summary>
    public async Task<IEnumerable<string>> EventsAsync() => (await ReadAllAsync())
        .Select(t => $"{Line(t, "UID")} {Line(t, "SUMMARY")} {t.Split("BEGIN:VEVENT").Length - 2}");

    private async Task<List<string>> ReadAllAsync()
    {
        List<string> all = [];
        foreach (string path in await client.ListAsync(calendar.AbsoluteUri))
        {
            if (await client.ReadAsync(new Uri(calendar, path)) is { } text)
            {
                all.Add(text.ReplaceLineEndings("\r\n").Replace("\r\n ", "", StringComparison.Ordinal));
            }
        }

        return all;
    }

    // Of the master: servers that reorder components put the one without a recurrence id anywhere.
    private static string Line(string text, string name)
    {
        string master = text.Split("BEGIN:VEVENT")[1..].First(e => !e.Contains("\r\nRECURRENCE-ID", StringComparison.Ordinal));
        string line = master.Split("\r\n").First(l => l.StartsWith(name, StringComparison.Ordinal) && l[name.Length] is ':' or ';');
        return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
