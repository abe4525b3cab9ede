using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Tests.Conformance;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>Reading from servers with bad habits.</summary>
public sealed class HostilePullTests : HostileScene
{
    [Fact]
    public async Task Pull_WhenADeadTokenIsAnsweredWithAnEmptySuccess_IsHealedByReconciling()
    {
        Server.Put("a.ics", EventTexts.Simple("a@x", "Before"));
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        Server.Put("a.ics", EventTexts.Simple("a@x", "After"));
        Server.Put("b.ics", EventTexts.Simple("b@x", "Missed"));
        Server.ForgottenBefore = long.MaxValue;

        PullChanges deaf = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None));
        PullChanges healed = Value(await Provider.ReconcileAsync(Access, PullRequest.Knowing(Calendar, null, Known(first.Upserted)), None));

        Assert.True(deaf.IsEmpty);
        Assert.Equal(["a@x", "b@x"], healed.Upserted.Select(i => i.Object.Uid));
    }

    [Fact]
    public async Task Pull_WhenATokenRepeatsItsChangesForEver_SeesEachChangeAndSettles()
    {
        Server.RepeatsForEver = true;
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        Server.Put("a.ics", EventTexts.Simple("a@x", "Two"));

        PullChanges second = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None));
        PullChanges third = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, second.Next), None));

        Assert.Equal("Two", Assert.Single(second.Upserted).Object.Master!.Content.Summary);
        Assert.True(third.IsEmpty);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(400)]
    [InlineData(412)]
    [InlineData(500)]
    public async Task Pull_WhenAnUnknownTokenIsRefusedInSomeWay_AsksForANewGeneration(int status)
    {
        Server.UnknownTokenStatus = status;

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, PullRequest.From(Calendar, "1~s~~not-a-token"), None);

        Assert.Equal(ProviderFaultKind.ResyncRequired, result.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenTheServerFailsAltogether_KeepsTheCursor()
    {
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        Server.Intercept = context => context.Request.Method == "REPORT" ? Results.StatusCode(500) : null;

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None);

        Assert.Equal(ProviderFaultKind.Transient, result.Fault?.Kind);
    }

    [Theory]
    [InlineData("/dav/cal/", "0")]
    [InlineData("/dav/cal/", "1")]
    [InlineData("/dav/", "1")]
    public async Task Answer_WhenItIsASuccessWithoutAWord_IsNotTakenForGone(string path, string depth)
    {
        Server.HasSync = false;
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        Server.Put("b.ics", EventTexts.Simple("b@x", "Two"));
        int intercepted = 0;
        Server.Intercept = context =>
            context.Request.Method == "PROPFIND" && context.Request.Path == path && context.Request.Headers["Depth"] == depth
            && ++intercepted > 0
                ? Results.Text("<multistatus xmlns=\"DAV:\"/>", "application/xml", statusCode: 207)
                : null;

        ProviderFault? fault = path == HostileCalDavServer.CalendarPath
            ? (await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None)).Fault
            : (await Provider.ListCalendarsAsync(Access, null, None)).Fault;

        Assert.Equal(ProviderFaultKind.Transient, fault?.Kind);
        Assert.Equal(1, intercepted);
    }

    [Fact]
    public async Task Pull_WhenReportsAreTruncated_FollowsThemToTheEnd()
    {
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        Server.TruncatesAt = 3;
        for (int i = 0; i < 10; i++)
        {
            Server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", "Event"));
        }

        Server.Remove("e4.ics");
        PullChanges second = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None));

        Assert.Equal(9, second.Upserted.Length);
        Assert.Equal(["/dav/cal/e4.ics"], second.Removed.AsEnumerable());
        Assert.True(Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, second.Next), None)).IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_WhenTheServerKeepsNoChangeLog_ComparesListings(bool hasCTag)
    {
        (Server.HasSync, Server.HasCTag) = (false, hasCTag);
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        PullChanges same = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None));
        Server.Put("b.ics", EventTexts.Simple("b@x", "Two"));
        Server.Remove("a.ics");

        PullChanges changed = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, same.Next), None));

        Assert.True(same.IsEmpty);
        Assert.True(changed.IsComplete);
        Assert.Equal("b@x", Assert.Single(changed.Upserted).Object.Uid);
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutWhatIsGone_AsksTheResourceItself()
    {
        Server.OmitsMissing = true;
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        Server.Put("b.ics", EventTexts.Simple("b@x", "Two"));
        bool isFirst = true;
        Server.Intercept = context =>
        {
            if (context.Request.Method == "REPORT" && isFirst)
            {
                isFirst = false;
                Server.Remove("a.ics");
            }

            return null;
        };

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        Assert.Equal("b@x", Assert.Single(pulled.Upserted).Object.Uid);
        Assert.Empty(pulled.Unreadable);
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutWhatIsThere_ReadsItOneByOne()
    {
        Server.OmitsPresent = true;
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        ProviderItem item = Assert.Single(pulled.Upserted);
        Assert.Equal(("a@x", "\"2\""), (item.Object.Uid, item.Version));
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutVeryMany_IsNotBelieved()
    {
        Server.OmitsPresent = true;
        for (int i = 0; i < 60; i++)
        {
            Server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", "Event"));
        }

        ProviderResult<PullChanges> pulled = await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None);

        Assert.Equal(ProviderFaultKind.Transient, pulled.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenSomeResourcesAreNoEventsOrBroken_SaysWhich()
    {
        Server.Put("ok.ics", EventTexts.Simple("ok@x", "Fine"));
        Server.Put("journal.ics", EventTexts.Journal("journal@x"));
        Server.Put("broken.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense");
        Server.Put("huge.ics", EventTexts.Simple("huge@x", new string('x', 1_100_000)));

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        Assert.Equal("ok@x", Assert.Single(pulled.Upserted).Object.Uid);
        Assert.Equal(["/dav/cal/broken.ics", "/dav/cal/huge.ics"], pulled.Unreadable.AsEnumerable());
    }

    [Fact]
    public async Task Pull_WhenAnswersAreTooLongTogether_AsksForFewerAtATime()
    {
        for (int i = 0; i < 40; i++)
        {
            Server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", new string('x', 600_000)));
        }

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        Assert.Equal(40, pulled.Upserted.Length);
    }

    [Fact]
    public async Task Pull_WhenRowsPointElsewhere_PassesThemOver()
    {
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        Server.ForeignRows = string.Concat(new[] { "http://10.0.0.1/dav/cal/x.ics", "//evil.example/dav/cal/x.ics", "/etc/passwd", "/dav/cal/../../x.ics", "/dav/cal/sub/x.ics", "file:///etc/passwd", "" }
            .Select(h => $"<D:response><D:href>{h}</D:href><D:propstat><D:prop><D:getetag>\"9\"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"));

        PullChanges pulled = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));

        Assert.Equal("/dav/cal/a.ics", Assert.Single(pulled.Upserted).Id);
        Assert.All(Server.Requests.Requests, r => Assert.True(r.Path.StartsWith("/dav/cal/", StringComparison.Ordinal), r.Path));
    }

    [Theory]
    [InlineData(401, ProviderFaultKind.AuthDead)]
    [InlineData(403, ProviderFaultKind.ScopeMissing)]
    [InlineData(404, ProviderFaultKind.NotFound)]
    [InlineData(410, ProviderFaultKind.NotFound)]
    [InlineData(429, ProviderFaultKind.Throttled)]
    [InlineData(500, ProviderFaultKind.Transient)]
    [InlineData(502, ProviderFaultKind.Transient)]
    [InlineData(503, ProviderFaultKind.Throttled)]
    [InlineData(504, ProviderFaultKind.Transient)]
    [InlineData(200, ProviderFaultKind.Transient)]
    public async Task Pull_WhenTheServerAnswersWithAStatus_IsThatFault(int status, ProviderFaultKind expected)
    {
        Server.Intercept = context =>
        {
            context.Response.Headers.RetryAfter = status is 429 or 503 ? "120" : default;
            return Results.Content("<html>no</html>", "text/html", null, status);
        };

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None);

        Assert.Equal(expected, result.Fault?.Kind);
        Assert.Equal(expected == ProviderFaultKind.Throttled, result.Fault?.NotBefore is not null);
        Assert.DoesNotContain(HostileCalDavServer.Password, result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><multistatus xmlns=\"DAV:\">&c;</multistatus>")]
    [InlineData("<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><multistatus xmlns=\"DAV:\"/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><multistatus xmlns=\"DAV:\">&f;</multistatus>")]
    [InlineData("<multistatus xmlns=\"DAV:\">")]
    [InlineData("\0\0\0")]
    [InlineData("")]
    public async Task Answer_WhenItsXmlIsABombOrBroken_IsAFault(string xml)
    {
        Server.Intercept = _ => Results.Content(xml, "application/xml", null, 207);

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None);

        Assert.Equal(ProviderFaultKind.Transient, result.Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenItsXmlIsNestedWithoutEnd_IsAFault()
    {
        string deep = "<multistatus xmlns=\"DAV:\">" + string.Concat(Enumerable.Repeat("<a>", 500_000));
        Server.Intercept = _ => Results.Content(deep, "application/xml", null, 207);

        Assert.Equal(ProviderFaultKind.Transient, (await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None)).Fault?.Kind);
    }

    [Fact]
    public async Task Poll_WhenNothingChanged_IsOneRequest()
    {
        Server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, null), None));
        int before = Server.Requests.Requests.Count;

        PullChanges second = Value(await Provider.PullAsync(Access, PullRequest.From(Calendar, first.Next), None));

        Assert.True(second.IsEmpty);
        Assert.Equal(1, Server.Requests.Requests.Count - before);
    }
}
