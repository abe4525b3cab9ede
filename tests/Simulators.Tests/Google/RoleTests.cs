using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class RoleTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";

    private GoogleSimulator _google = null!;
    private Caller _bob = null!;

    public async Task InitializeAsync()
    {
        _google = await GoogleSimulator.StartAsync();
        _google.AddUser(Ada, "Ada");
        _google.AddUser(Bob, "Bob");
        _google.PutEvent(Ada, Samples.Single("Plain"));
        JsonObject hidden = Samples.Single("Secret");
        hidden["visibility"] = "private";
        _google.PutEvent(Ada, hidden);
        JsonObject free = Samples.Single("Free");
        free["transparency"] = "transparent";
        _google.PutEvent(Ada, free);
        _bob = new Caller(_google, _google.IssueTokens(Bob).AccessToken);
    }

    public async Task DisposeAsync()
    {
        _bob.Dispose();
        await _google.DisposeAsync();
    }

    [Theory]
    [InlineData(AccessRole.FreeBusyReader, "-, -")]
    [InlineData(AccessRole.Reader, "Plain, -, Free")]
    [InlineData(AccessRole.WriterWithoutPrivateAccess, "Plain, -, Free")]
    [InlineData(AccessRole.Writer, "Plain, Secret, Free")]
    [InlineData(AccessRole.Owner, "Plain, Secret, Free")]
    public async Task Listing_WhenRead_ShowsWhatTheRoleMaySee(AccessRole role, string seen)
    {
        _google.Share(Ada, Bob, role);

        var (items, _) = await _bob.ListAsync(Ada);

        Assert.Equal(seen, string.Join(", ", items.Select(item => item.Text("summary") ?? "-")));
        Assert.All(items, item => Assert.NotNull(item["start"]));
    }

    [Theory]
    [InlineData(AccessRole.FreeBusyReader, 403)]
    [InlineData(AccessRole.Reader, 403)]
    [InlineData(AccessRole.WriterWithoutPrivateAccess, 200)]
    [InlineData(AccessRole.Writer, 200)]
    public async Task Insert_WhenTheRoleIsTooLow_IsForbidden(AccessRole role, int status)
    {
        _google.Share(Ada, Bob, role);

        JsonObject answer = await _bob.AskAsync("POST", $"calendars/{Ada}/events", Samples.Single("New"));

        Assert.Equal(status, _bob.Status);
        Assert.Equal(status == 403 ? "requiredAccessLevel" : null, Caller.Reason(answer));
    }

    [Fact]
    public async Task Calendar_WhenNotShared_IsNotFound()
    {
        JsonObject error = await _bob.AskAsync("GET", $"calendars/{Ada}/events");

        Assert.Equal((404, "notFound"), (_bob.Status, Caller.Reason(error)));
    }

    [Fact]
    public async Task Event_WhenItBecomesInvisible_IsListedAsDeleted()
    {
        _google.Share(Ada, Bob, AccessRole.FreeBusyReader);
        var (items, token) = await _bob.ListAsync(Ada);
        _google.PatchEvent(Ada, items[0].Id(), new JsonObject { ["transparency"] = "transparent" });

        var (changed, _) = await _bob.ListAsync(Ada, $"?syncToken={token}");

        Assert.Equal((items[0].Id(), "cancelled"), (Assert.Single(changed).Id(), changed[0].Text("status")));
    }

    [Fact]
    public async Task Attendee_WhenOnTheirOwnCalendar_IsMarkedAsSelf()
    {
        JsonObject meeting = Samples.Single("Meeting");
        meeting["attendees"] = new JsonArray(
            new JsonObject { ["email"] = Ada, ["responseStatus"] = "declined" }, new JsonObject { ["email"] = Bob });
        _google.PutEvent(Ada, meeting);
        using var ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);

        var (items, _) = await ada.ListAsync(Ada);

        JsonArray guests = items.Single(item => item.Text("summary") == "Meeting")["attendees"]!.AsArray();
        Assert.True((bool?)guests[0]!["self"]);
        Assert.True((bool?)guests[0]!["organizer"]);
        Assert.Null(guests[1]!["self"]);
        Assert.Equal("needsAction", (string?)guests[1]!["responseStatus"]);
    }
}
