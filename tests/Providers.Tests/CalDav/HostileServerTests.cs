using System.Collections.Immutable;
using System.Net;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.Conformance;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>The adapter against habits that real servers have.</summary>
public sealed class HostileServerTests : IAsyncLifetime
{
    private readonly HostileCalDavServer _server = new();
    private readonly ServiceProvider _services;

    public HostileServerTests() => _services = new ServiceCollection()
        .AddSingleton<IHostResolver>(new LoopbackResolver())
        .AddCalendarActorsProviders(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.0/8",
        }).Build())
        .BuildServiceProvider();

    private static CancellationToken None => CancellationToken.None;

    private ICalendarProvider Provider => _services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.CalDav)!;

    private ProviderAccess Access => new(ProviderNames.CalDav, _server.Address, "alice", HostileCalDavServer.Password);

    private string Calendar => new Uri(_server.Address, HostileCalDavServer.CalendarPath).AbsoluteUri;

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Pull_WhenADeadTokenIsAnsweredWithAnEmptySuccess_IsHealedByReconciling()
    {
        _server.Put("a.ics", EventTexts.Simple("a@x", "Before"));
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        _server.Put("a.ics", EventTexts.Simple("a@x", "After"));
        _server.Put("b.ics", EventTexts.Simple("b@x", "Missed"));
        _server.ForgottenBefore = long.MaxValue;

        PullChanges deaf = Value(await Provider.PullAsync(Access, Calendar, first.Next, None));
        PullChanges healed = Value(await Provider.ReconcileAsync(Access, Calendar, Known(first.Upserted), None));

        Assert.True(deaf.IsEmpty);
        Assert.Equal(["a@x", "b@x"], healed.Upserted.Select(i => i.Object.Uid));
    }

    [Fact]
    public async Task Pull_WhenATokenRepeatsItsChangesForEver_SeesEachChangeAndSettles()
    {
        _server.RepeatsForEver = true;
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        _server.Put("a.ics", EventTexts.Simple("a@x", "Two"));

        PullChanges second = Value(await Provider.PullAsync(Access, Calendar, first.Next, None));
        PullChanges third = Value(await Provider.PullAsync(Access, Calendar, second.Next, None));

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
        _server.UnknownTokenStatus = status;

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, Calendar, "1~s~~not-a-token", None);

        Assert.Equal(ProviderFaultKind.ResyncRequired, result.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenTheServerFailsAltogether_KeepsTheCursor()
    {
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        _server.Intercept = context => context.Request.Method == "REPORT" ? Results.StatusCode(500) : null;

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, Calendar, first.Next, None);

        Assert.Equal(ProviderFaultKind.Transient, result.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenReportsAreTruncated_FollowsThemToTheEnd()
    {
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        _server.TruncatesAt = 3;
        for (int i = 0; i < 10; i++)
        {
            _server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", "Event"));
        }

        _server.Remove("e4.ics");
        PullChanges second = Value(await Provider.PullAsync(Access, Calendar, first.Next, None));

        Assert.Equal(9, second.Upserted.Length);
        Assert.Equal(["/home/cal/e4.ics"], second.Removed.AsEnumerable());
        Assert.True(Value(await Provider.PullAsync(Access, Calendar, second.Next, None)).IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pull_WhenTheServerKeepsNoChangeLog_ComparesListings(bool hasCTag)
    {
        (_server.HasSync, _server.HasCTag) = (false, hasCTag);
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        PullChanges same = Value(await Provider.PullAsync(Access, Calendar, first.Next, None));
        _server.Put("b.ics", EventTexts.Simple("b@x", "Two"));
        _server.Remove("a.ics");

        PullChanges changed = Value(await Provider.PullAsync(Access, Calendar, same.Next, None));

        Assert.True(same.IsEmpty);
        Assert.True(changed.IsComplete);
        Assert.Equal("b@x", Assert.Single(changed.Upserted).Object.Uid);
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutWhatIsGone_AsksTheResourceItself()
    {
        _server.OmitsMissing = true;
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        _server.Put("b.ics", EventTexts.Simple("b@x", "Two"));
        bool isFirst = true;
        _server.Intercept = context =>
        {
            if (context.Request.Method == "REPORT" && isFirst)
            {
                isFirst = false;
                _server.Remove("a.ics");
            }

            return null;
        };

        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        Assert.Equal("b@x", Assert.Single(pulled.Upserted).Object.Uid);
        Assert.Empty(pulled.Unreadable);
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutWhatIsThere_ReadsItOneByOne()
    {
        _server.OmitsPresent = true;
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));

        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        ProviderItem item = Assert.Single(pulled.Upserted);
        Assert.Equal(("a@x", "\"2\""), (item.Object.Uid, item.Version));
    }

    [Fact]
    public async Task Pull_WhenAMultigetLeavesOutVeryMany_IsNotBelieved()
    {
        _server.OmitsPresent = true;
        for (int i = 0; i < 60; i++)
        {
            _server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", "Event"));
        }

        ProviderResult<PullChanges> pulled = await Provider.PullAsync(Access, Calendar, null, None);

        Assert.Equal(ProviderFaultKind.Transient, pulled.Fault?.Kind);
    }

    [Fact]
    public async Task Pull_WhenSomeResourcesAreNoEventsOrBroken_SaysWhich()
    {
        _server.Put("ok.ics", EventTexts.Simple("ok@x", "Fine"));
        _server.Put("task.ics", EventTexts.Task("task@x"));
        _server.Put("broken.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nnonsense");
        _server.Put("huge.ics", EventTexts.Simple("huge@x", new string('x', 1_100_000)));

        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        Assert.Equal("ok@x", Assert.Single(pulled.Upserted).Object.Uid);
        Assert.Equal(["/home/cal/broken.ics", "/home/cal/huge.ics"], pulled.Unreadable.AsEnumerable());
    }

    [Fact]
    public async Task Pull_WhenAnswersAreTooLongTogether_AsksForFewerAtATime()
    {
        for (int i = 0; i < 40; i++)
        {
            _server.Put($"e{i}.ics", EventTexts.Simple($"e{i}@x", new string('x', 600_000)));
        }

        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        Assert.Equal(40, pulled.Upserted.Length);
    }

    [Fact]
    public async Task Pull_WhenRowsPointElsewhere_PassesThemOver()
    {
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        _server.ForeignRows = string.Concat(new[] { "http://10.0.0.1/home/cal/x.ics", "//evil.example/home/cal/x.ics", "/etc/passwd", "/home/cal/../../x.ics", "/home/cal/sub/x.ics", "file:///etc/passwd", "" }
            .Select(h => $"<D:response><D:href>{h}</D:href><D:propstat><D:prop><D:getetag>\"9\"</D:getetag></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"));

        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        Assert.Equal("/home/cal/a.ics", Assert.Single(pulled.Upserted).Id);
        Assert.All(_server.Requests.Requests, r => Assert.True(r.Path.StartsWith("/home/cal/", StringComparison.Ordinal), r.Path));
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
        _server.Intercept = context =>
        {
            context.Response.Headers.RetryAfter = status is 429 or 503 ? "120" : default;
            return Results.Content("<html>no</html>", "text/html", null, status);
        };

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, Calendar, null, None);

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
        _server.Intercept = _ => Results.Content(xml, "application/xml", null, 207);

        ProviderResult<PullChanges> result = await Provider.PullAsync(Access, Calendar, null, None);

        Assert.Equal(ProviderFaultKind.Transient, result.Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenItsXmlIsNestedWithoutEnd_IsAFault()
    {
        string deep = "<multistatus xmlns=\"DAV:\">" + string.Concat(Enumerable.Repeat("<a>", 500_000));
        _server.Intercept = _ => Results.Content(deep, "application/xml", null, 207);

        Assert.Equal(ProviderFaultKind.Transient, (await Provider.PullAsync(Access, Calendar, null, None)).Fault?.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_WhenTheEventChangesUnderOurHands_IsMergedAgain(bool wrapsErrors)
    {
        _server.WrapsErrors = wrapsErrors;
        ProviderItem created = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        int times = 0;
        _server.BeforePut = () =>
        {
            if (times++ < 2)
            {
                _server.Put("k.ics", _server.Resources["k.ics"].Text.Replace("END:VEVENT", $"X-THEIRS-{times}:1\r\nEND:VEVENT", StringComparison.Ordinal));
            }
        };

        ProviderItem merged = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours again"), None));

        string text = _server.Resources["k.ics"].Text;
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
        _server.BeforePut = () => _server.Put("k.ics", _server.Resources["k.ics"].Text + $"\r\n{times++}");
        _server.BeforePut += () => _server.Resources["k.ics"] = (EventTexts.Simple("k", $"Theirs {times}"), _server.Resources["k.ics"].Version);

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours again"), None);

        Assert.Equal(ProviderFaultKind.Conflict, result.Fault?.Kind);
        Assert.Equal(4, times);
    }

    [Fact]
    public async Task Write_WhenTheServerIgnoresPreconditions_StillMakesOneEvent()
    {
        _server.IgnoresPreconditions = true;

        ProviderItem first = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        ProviderItem again = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));

        Assert.Equal(first, again);
        Assert.Equal(1, _server.Count("PUT"));
        Assert.Single(_server.Resources);
    }

    [Fact]
    public async Task Write_WhenTheServerRewritesAndGivesNoEtag_AnswersWhatIsThere()
    {
        _server.Rewrites = true;

        ProviderItem item = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));
        PullChanges pulled = Value(await Provider.PullAsync(Access, Calendar, null, None));

        Assert.Equal(item, Assert.Single(pulled.Upserted));
        Assert.Contains("X-SERVER:was here", _server.Resources["k.ics"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhenTheUidLivesUnderAnotherName_UsesThatOne()
    {
        _server.Put("moved.ics", EventTexts.Simple("k", "Moved"));
        _server.Intercept = context => context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith("/k.ics", StringComparison.Ordinal)
            ? Results.Content("<error xmlns=\"DAV:\"><no-uid-conflict xmlns=\"urn:ietf:params:xml:ns:caldav\"><href xmlns=\"DAV:\">/home/cal/moved.ics</href></no-uid-conflict></error>", "application/xml", null, 403)
            : null;

        ProviderItem item = Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None));

        Assert.Equal("/home/cal/moved.ics", item.Id);
        Assert.Equal("Ours", item.Object.Master!.Content.Summary);
        Assert.Single(_server.Resources);
    }

    [Fact]
    public async Task Write_WhenTheUidConflictNamesNoResource_LooksForIt()
    {
        _server.Put("moved.ics", EventTexts.Simple("k", "Moved"));
        _server.Put("other.ics", EventTexts.Simple("kk", "Not it"));
        _server.Intercept = context => context.Request.Method == "PUT" && context.Request.Path.Value!.EndsWith("/k.ics", StringComparison.Ordinal)
            ? Results.StatusCode(409)
            : null;

        Assert.Equal("/home/cal/moved.ics", Value(await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None)).Id);
        Assert.Equal("/home/cal/moved.ics", Value(await Provider.DeleteAsync(Access, Calendar, "k", null, None)));
        Assert.Equal(["other.ics"], _server.Resources.Keys);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(507)]
    public async Task Write_WhenTheServerRefusesIt_IsRejected(int status)
    {
        _server.Intercept = context => context.Request.Method is "PUT" or "DELETE" ? Results.StatusCode(status) : null;

        Assert.Equal(ProviderFaultKind.Rejected, (await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.Rejected, (await Provider.DeleteAsync(Access, Calendar, "k", null, None)).Fault?.Kind);
    }

    [Fact]
    public async Task Write_WhenWhatIsThereCannotBeRead_DoesNotOverwriteIt()
    {
        _server.Put("k.ics", "BEGIN:VCALENDAR\r\nnonsense");

        ProviderResult<ProviderItem> result = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours"), None);

        Assert.Equal(ProviderFaultKind.Rejected, result.Fault?.Kind);
        Assert.Equal("BEGIN:VCALENDAR\r\nnonsense", _server.Resources["k.ics"].Text);
    }

    [Theory]
    [InlineData("../../other/x.ics")]
    [InlineData("/elsewhere/x.ics")]
    [InlineData("http://10.0.0.1/home/cal/x.ics")]
    [InlineData("/home/cal/sub/x.ics")]
    public async Task Write_WhenTheItemIsNotOfTheCalendar_GoesNowhere(string itemId)
    {
        ProviderResult<ProviderItem> written = await Provider.WriteAsync(Access, Calendar, Write("k", "Ours") with { ItemId = itemId }, None);
        ProviderResult<string> deleted = await Provider.DeleteAsync(Access, Calendar, "k", itemId, None);

        Assert.Equal((ProviderFaultKind.NotFound, ProviderFaultKind.NotFound), (written.Fault?.Kind, deleted.Fault?.Kind));
        Assert.Empty(_server.Requests.Requests);
    }

    [Fact]
    public async Task Connect_WhenTheHomeIsOnAnotherHostOfTheOwner_FollowsIt()
    {
        _server.HomeOrigin = $"http://p42.dav.test:{_server.Address.Port}";

        ProviderAccount account = Value(await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None));
        ProviderCalendar calendar = Assert.Single(account.Calendars);
        PullChanges pulled = Value(await Provider.PullAsync(account.Access, calendar.Id, null, None));

        Assert.StartsWith("http://p42.dav.test:", calendar.Id, StringComparison.Ordinal);
        Assert.Equal(($"http://caldav.dav.test:{_server.Address.Port}", "/me/"), (account.Issuer, account.Subject));
        Assert.True(pulled.IsComplete);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("dav.test.evil.example")]
    [InlineData("10.0.0.1")]
    public async Task Connect_WhenTheHomeIsAnotherOwners_SendsItNothing(string host)
    {
        _server.HomeOrigin = $"http://{host}:{_server.Address.Port}";
        int before = 0;
        _server.Intercept = context =>
        {
            before += context.Request.Host.Host == host ? 1 : 0;
            return null;
        };

        ProviderResult<ProviderAccount> result = await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None);

        Assert.Equal(ProviderFaultKind.NotAProvider, result.Fault?.Kind);
        Assert.Equal(0, before);
    }

    [Fact]
    public async Task Connect_WhenTheAddressRedirectsToAnotherOwner_SendsNoPasswordThere()
    {
        _server.Intercept = context => context.Request.Host.Host == "caldav.dav.test"
            ? Results.Redirect($"http://evil.example:{_server.Address.Port}/", preserveMethod: true)
            : null;

        ProviderResult<ProviderAccount> result = await Provider.ConnectAsync(Access with { Server = Named("caldav.dav.test") }, None);

        Assert.Equal(ProviderFaultKind.NotAProvider, result.Fault?.Kind);
        Assert.Contains(_server.Requests.Requests, r => r.Authorization is null);
        Assert.All(_server.Requests.Requests.Where(r => r.Authorization is null), r => Assert.Equal("PROPFIND", r.Method));
    }

    [Fact]
    public async Task Connect_WhenTheAddressIsAWebPage_IsNoProvider()
    {
        _server.Intercept = _ => Results.Content("<html>Welcome</html>", "text/html", null, 200);

        Assert.Equal(ProviderFaultKind.NotAProvider, (await Provider.ConnectAsync(Access, None)).Fault?.Kind);
    }

    [Theory]
    [InlineData("http://10.255.255.1/")]
    [InlineData("https://192.168.1.1/dav")]
    [InlineData("https://[::1]/")]
    [InlineData("https://metadata.internal.test/")]
    public async Task Connect_WhenTheAddressLeadsInside_SaysWhichOptionWouldAllowIt(string address)
    {
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IHostResolver>(new LoopbackResolver())
            .AddCalendarActorsProviders(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        ProviderResult<ProviderAccount> result = await services.GetRequiredService<IProviderCatalog>()
            .Find(ProviderNames.CalDav)!.ConnectAsync(Access with { Server = new Uri(address) }, None);

        Assert.Equal(ProviderFaultKind.NotAProvider, result.Fault?.Kind);
        Assert.Contains("AllowedHosts", result.Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_WhenNothingChanged_IsOneRequest()
    {
        _server.Put("a.ics", EventTexts.Simple("a@x", "One"));
        PullChanges first = Value(await Provider.PullAsync(Access, Calendar, null, None));
        int before = _server.Requests.Requests.Count;

        PullChanges second = Value(await Provider.PullAsync(Access, Calendar, first.Next, None));

        Assert.True(second.IsEmpty);
        Assert.Equal(1, _server.Requests.Requests.Count - before);
    }

    private static Dictionary<string, string?> Known(ImmutableArray<ProviderItem> items) =>
        items.ToDictionary(i => i.Id, i => i.Version, StringComparer.Ordinal);

    private static ProviderWrite Write(string key, string summary) => new(key, null, null, new EventChange
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    });

    private static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private Uri Named(string host) => new($"http://{host}:{_server.Address.Port}/");

    private sealed class LoopbackResolver : IHostResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
    }
}
