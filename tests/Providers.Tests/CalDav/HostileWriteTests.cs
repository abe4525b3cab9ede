using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Tests.Conformance;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>Writing to servers with bad habits.</summary>
public sealed class HostileWriteTests : HostileScene
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WhenTheEventChangesUnderOurHands_IsMergedAgain(bool wrapsErrors)
    {
        Server.WrapsErrors = wrapsErrors;
        ProviderItem created = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        int times = 0;
        Server.BeforePut = () =>
        {
            if (times++ < 2)
            {
                Server.Put("k.ics", Server.Resources["k.ics"].Text.Replace("END:VEVENT", $"X-THEIRS-{times}:1\r\nEND:VEVENT", StringComparison.Ordinal));
            }
        };

        ProviderItem merged = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours again"), None));

        string text = Server.Resources["k.ics"].Text;
        Assert.Equal("Ours again", merged.Object.Master!.Content.Summary);
        Assert.Contains("X-THEIRS-1:1", text, StringComparison.Ordinal);
        Assert.Contains("X-THEIRS-2:1", text, StringComparison.Ordinal);
        Assert.NotEqual(created.Version, merged.Version);
    }

    [Fact]
    public async Task Write_WhenTheEventNeverStopsChanging_IsAConflict()
    {
        Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        int times = 0;
        Server.BeforePut = () => Server.Put("k.ics", Server.Resources["k.ics"].Text + $"\r\n{times++}");
        Server.BeforePut += () => Server.Resources["k.ics"] = (EventTexts.Simple("k", $"Theirs {times}"), Server.Resources["k.ics"].Version);

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours again"), None);

        Assert.Equal(ProviderFaultKind.Conflict, result.Fault?.Kind);
        Assert.Equal(4, times);
    }

    [Fact]
    public async Task Write_WhenTheServerIgnoresPreconditions_StillMakesOneEvent()
    {
        Server.IgnoresPreconditions = true;

        ProviderItem first = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        ProviderItem again = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));

        Assert.Equal(first, again);
        Assert.Equal(1, Server.Count("PUT"));
        Assert.Single(Server.Resources);
    }

    [Fact]
    public async Task Write_WhenTheServerRewritesAndGivesNoEtag_AnswersWhatIsThere()
    {
        Server.Rewrites = true;

        ProviderItem item = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        Assert.Equal(item, Assert.Single(pulled.Upserted));
        Assert.Contains("X-SERVER:was here", Server.Resources["k.ics"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhenTheUidLivesUnderAnotherName_UsesThatOne()
    {
        Server.Put("moved.ics", EventTexts.Simple("k", "Moved"));
        Server.Intercept = context => context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith("/k.ics", StringComparison.Ordinal)
            ? Results.Content("<error xmlns=\"DAV:\"><no-uid-conflict xmlns=\"urn:ietf:params:xml:ns:caldav\"><href xmlns=\"DAV:\">/dav/cal/moved.ics</href></no-uid-conflict></error>", "application/xml", null, 403)
            : null;

        ProviderItem item = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));

        Assert.Equal("/dav/cal/moved.ics", item.Id);
        Assert.Equal("Ours", item.Object.Master!.Content.Summary);
        Assert.Single(Server.Resources);
    }

    [Fact]
    public async Task Write_WhenTheUidConflictNamesNoResource_LooksForIt()
    {
        Server.Put("moved.ics", EventTexts.Simple("k", "Moved"));
        Server.Put("other.ics", EventTexts.Simple("kk", "Not it"));
        Server.Intercept = context => context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith("/k.ics", StringComparison.Ordinal)
            ? Results.StatusCode(409)
            : null;

        Assert.Equal("/dav/cal/moved.ics", Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None)).Id);
        Assert.Equal("/dav/cal/moved.ics", Value(await Provider.DeleteAsync(Access, Calendar, "k", null, None)));
        Assert.Equal(["other.ics"], Server.Resources.Keys);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(507)]
    public async Task Write_WhenTheServerRefusesIt_IsRejected(int status)
    {
        Server.Intercept = context => context.Request.Method is "PUT" or "DELETE" ? Results.StatusCode(status) : null;

        Assert.Equal(ProviderFaultKind.Rejected, (await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.Rejected, (await Provider.DeleteAsync(Access, Calendar, "k", null, None)).Fault?.Kind);
    }

    [Fact]
    public async Task Write_WhenWhatIsThereCannotBeRead_DoesNotOverwriteIt()
    {
        Server.Put("k.ics", "BEGIN:VCALENDAR\r\nnonsense");

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None);

        Assert.Equal(ProviderFaultKind.Rejected, result.Fault?.Kind);
        Assert.Equal("BEGIN:VCALENDAR\r\nnonsense", Server.Resources["k.ics"].Text);
    }

    [Theory]
    [InlineData("../../other/x.ics")]
    [InlineData("/elsewhere/x.ics")]
    [InlineData("http://10.0.0.1/dav/cal/x.ics")]
    [InlineData("/dav/cal/sub/x.ics")]
    public async Task Write_WhenTheItemIsNotOfTheCalendar_GoesNowhere(string itemId)
    {
        ProviderResult<ProviderItem> written = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours") with { ItemId = itemId }, None);
        ProviderResult<string> deleted = await Provider.DeleteAsync(Access, Calendar, "k", itemId, None);

        Assert.Equal((ProviderFaultKind.NotFound, ProviderFaultKind.NotFound), (written.Fault?.Kind, deleted.Fault?.Kind));
        Assert.Empty(Server.Requests.Requests);
    }
}
