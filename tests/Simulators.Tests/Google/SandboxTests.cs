using CalendarActors.Simulators.Google;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class SandboxTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 24, 8, 0, 0, TimeSpan.Zero));
    private GoogleSimulator _google = null!;
    private Caller _person = null!;

    public async Task InitializeAsync()
    {
        _google = await GoogleSandbox.StartAsync(0, _time);
        _person = new Caller(_google);
    }

    public async Task DisposeAsync()
    {
        _person.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Page_WhenOpened_ShowsAdaAndHerWeek()
    {
        string page = await _person.GetAsync(_google.Address);

        Assert.Equal(200, _person.Status);
        foreach (string shown in new[] { "Ada (sandbox)", "Dentist", "Team meeting", "Team meeting (moved)", "Conference", "all day" })
        {
            Assert.Contains(shown, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenEventsAreAddedRenamedMovedAndDeleted_ChangesTheCalendar()
    {
        await ActAsync(("action", "add"), ("summary", "Coffee"), ("start", "2027-03-25T10:00"), ("minutes", "30"));
        string id = Events().Single(item => item.Text("summary") == "Coffee").Id();
        await ActAsync(("action", "rename"), ("event", id), ("summary", "Tea <b>"));
        await ActAsync(("action", "move"), ("event", id), ("start", "2027-03-29T11:00"));

        var moved = Events().Single(item => item.Id() == id);
        Assert.Equal("2027-03-29T11:00:00+02:00", (string?)moved["start"]!["dateTime"]);
        Assert.Equal("2027-03-29T11:30:00+02:00", (string?)moved["end"]!["dateTime"]);
        Assert.Contains("Tea &lt;b&gt;", await _person.GetAsync(_google.Address), StringComparison.Ordinal);

        await ActAsync(("action", "delete"), ("event", id));
        Assert.DoesNotContain(Events(), item => item.Id() == id);
    }

    [Fact]
    public async Task Page_WhenTheStartIsMissing_SaysWhatToGive()
    {
        string page = await _person.PostAsync(_google.Address, ("calendar", GoogleSandbox.Email), ("action", "add"), ("summary", "Coffee"));

        Assert.Equal(400, _person.Status);
        Assert.Contains("Give a start", page, StringComparison.Ordinal);
    }

    private IReadOnlyList<System.Text.Json.Nodes.JsonObject> Events() => _google.ListEvents(GoogleSandbox.Email);

    private async Task ActAsync(params (string Name, string Value)[] fields)
    {
        await _person.PostAsync(_google.Address, [("calendar", GoogleSandbox.Email), .. fields]);
        Assert.Equal(302, _person.Status);
    }
}
