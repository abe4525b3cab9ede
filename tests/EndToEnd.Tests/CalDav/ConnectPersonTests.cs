using System.Text.RegularExpressions;
using CalendarActors.EndToEnd.Tests.Sdk;
using CalendarActors.TestKit;
using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.CalDav;

/// <summary>
/// The main job, nothing faked: Standalone, a CalDAV server, a person in Chromium, an application on the official SDK.
/// </summary>
public sealed partial class ConnectPersonTests
{
    [FactNeeding("node", "npm", "radicale", "chromium")]
    public async Task Person_WhenTheyConnectAndAllow_SharesOneCalendarWithTheApplication()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("calendaractors-person");
        await using CalDavCalendar calendar = await CalDavCalendar.StartAsync(new RadicaleServer());
        await calendar.StoreAsync("dentist", "Dentist", TimeProvider.System.GetUtcNow().AddDays(2));
        await using RunningNode node = await RunningNode.StartAsync("Standalone", data.FullName, new Dictionary<string, string>
        {
            ["CalendarActors:Sync:PollInterval"] = "00:00:01",
            ["CalendarActors:RateLimit:PerSecond"] = "0",
            ["CalendarActors:RateLimit:PerMinute"] = "0",
        });
        await using NodeScript script = await NodeScript.StartAsync("connect-person.mjs", node);

        await PersonInBrowser.AllowAsync(await script.LineAsync(Question()), calendar.Address, calendar.UserName, calendar.Password);

        // The event arrives at the server, once, and the person renames it there.
        await Eventually.HoldsAsync(async () => (await calendar.EventsAsync()).Any(e => e.StartsWith("Planning ", StringComparison.Ordinal)));
        Assert.Equal(2, (await calendar.UidsAsync()).Distinct(StringComparer.Ordinal).Count());
        await calendar.RenameAsync("Planning", "Planning with the person");

        string output = await script.EndAsync();
        Assert.Contains("1 calendars, 1 events", output, StringComparison.Ordinal);
        Assert.Contains("It is now \"Planning with the person\"", output, StringComparison.Ordinal);
        Assert.Contains("was read and changed.", output, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await calendar.EventsAsync()) is [var only] && only.StartsWith("Dentist ", StringComparison.Ordinal));
        Assert.DoesNotContain(calendar.Password, node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Dentist", node.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Planning", node.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("Open this in a browser: (.*)", RegexOptions.None, 1000)]
    private static partial Regex Question();
}
