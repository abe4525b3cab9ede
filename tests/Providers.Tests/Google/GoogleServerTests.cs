using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.Tests.Conformance;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>The adapter against the simulated Google: logins, watches, roles, and what calls cost.</summary>
public sealed class GoogleServerTests(GoogleUnderTest subject) : IClassFixture<GoogleUnderTest>
{
    private const string Verifier = "a-verifier-that-is-as-long-as-it-has-to-be-0123456789";

    private static readonly Uri Callback = new("https://us.example/callback");
    private static int _lastName;

    private static CancellationToken None => CancellationToken.None;

    private ICalendarProvider Provider => subject.Provider;

    private GoogleSimulator Google => subject.Simulator;

    [Fact]
    public async Task Login_WhenAPersonAllowsAll_LivesUntilTheyTakeItBack()
    {
        string email = NewUser();
        OAuthTokens tokens = Value(await Provider.Login!.ExchangeAsync("google", await AllowAsync(email, "https://www.googleapis.com/auth/calendar"), Verifier, Callback, None));
        ProviderAccount account = Value(await Provider.ConnectAsync(AccessOf(tokens), None));

        Google.ExpireAccessTokens(email);
        ProviderResult<PullChanges> stale = await Provider.PullAsync(AccessOf(tokens), PullRequest.From(email, null), None);
        OAuthTokens renewed = Value(await Provider.Login.RefreshAsync("google", tokens.Renewal, None));
        ProviderResult<PullChanges> fresh = await Provider.PullAsync(AccessOf(renewed), PullRequest.From(email, null), None);
        ProviderFault? revoked = await Provider.Login.RevokeAsync("google", renewed.Renewal, None);
        ProviderResult<OAuthTokens> dead = await Provider.Login.RefreshAsync("google", renewed.Renewal, None);

        Assert.Empty(tokens.Missing);
        Assert.Equal((email, email), (account.Email, Assert.Single(account.Calendars).Id));
        Assert.Equal(ProviderFaultKind.AuthDead, stale.Fault?.Kind);
        Assert.Equal(tokens.Renewal, renewed.Renewal);
        Assert.True(fresh.IsSuccess);
        Assert.Null(revoked);
        Assert.False(Google.IsGranted(email));
        Assert.Equal(ProviderFaultKind.AuthDead, dead.Fault?.Kind);
        Assert.Null(await Provider.Login.RevokeAsync("google", renewed.Renewal, None));
    }

    [Fact]
    public async Task Login_WhenTheCalendarIsUnticked_SaysWhatIsMissing()
    {
        string email = NewUser();

        OAuthTokens tokens = Value(await Provider.Login!.ExchangeAsync("google", await AllowAsync(email), Verifier, Callback, None));

        Assert.Equal(["https://www.googleapis.com/auth/calendar"], tokens.Missing.AsEnumerable());
        Assert.Equal(ProviderFaultKind.ScopeMissing, (await Provider.ConnectAsync(AccessOf(tokens), None)).Fault?.Kind);
        Assert.Equal(ProviderFaultKind.ScopeMissing, (await Provider.PullAsync(AccessOf(tokens), PullRequest.From(email, null), None)).Fault?.Kind);
    }

    [Fact]
    public async Task Login_WhenTheVerifierIsAnothers_IsRefused()
    {
        string code = await AllowAsync(NewUser(), "https://www.googleapis.com/auth/calendar");

        ProviderResult<OAuthTokens> result = await Provider.Login!.ExchangeAsync("google", code, Verifier + "x", Callback, None);

        Assert.Equal(ProviderFaultKind.AuthDead, result.Fault?.Kind);
    }

    [Fact]
    public async Task Watch_WhenStopped_IsOpenNoMore()
    {
        string calendar = NewCalendar();
        Instant until = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Provider.Watches!.Life;
        var request = new WatchRequest($"channel-{calendar[..8]}", "secret", new Uri("https://us.example/hooks/google"), Callback, until);

        ProviderWatch watch = Value(await Provider.Watches.StartAsync(subject.Typed, calendar, request, None));
        IReadOnlyList<string> open = Google.OpenChannels(calendar);
        ProviderResult<ProviderWatch> again = await Provider.Watches.StartAsync(subject.Typed, calendar, request, None);
        ProviderFault? stopped = await Provider.Watches.StopAsync(subject.Typed, watch, None);
        ProviderFault? stoppedAgain = await Provider.Watches.StopAsync(subject.Typed, watch, None);

        Assert.Equal([request.Id], open);
        Assert.Equal(until.ToUnixTimeMilliseconds(), watch.ExpiresAt.ToUnixTimeMilliseconds());
        Assert.Equal(ProviderFaultKind.Rejected, again.Fault?.Kind);
        Assert.Null(stopped);
        Assert.Null(stoppedAgain);
        Assert.Empty(Google.OpenChannels(calendar));
    }

    [Fact]
    public async Task Watch_OfTheList_IsOpenUntilItIsStopped()
    {
        Instant until = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) + Provider.Watches!.Life;
        var request = new WatchRequest($"list-{NewUser()[..8]}", "secret", new Uri("https://us.example/hooks/google"), Callback, until);

        ProviderWatch watch = Value(await Provider.Watches.StartAsync(subject.Typed, null, request, None));
        IReadOnlyList<string> open = Google.OpenListChannels(GoogleUnderTest.Email);
        ProviderFault? stopped = await Provider.Watches.StopAsync(subject.Typed, watch, None);

        Assert.Equal([request.Id], open);
        Assert.Null(stopped);
        Assert.Empty(Google.OpenListChannels(GoogleUnderTest.Email));
    }

    [Theory]
    [InlineData(AccessRole.FreeBusyReader, true, "", true)]
    [InlineData(AccessRole.Reader, true, "Secret meeting", true)]
    [InlineData(AccessRole.Writer, false, "Secret meeting", false)]
    public async Task Calendar_WhenShared_ShowsAndAllowsWhatTheRoleDoes(AccessRole role, bool isReadOnly, string title, bool isRefused)
    {
        string owner = NewUser();
        string calendar = Google.AddCalendar(owner, $"Shared as {role}");
        Google.PutEvent(calendar, Event("meeting1", "Secret meeting"));
        Google.Share(calendar, GoogleUnderTest.Email, role);

        ProviderAccount account = Value(await Provider.ConnectAsync(subject.Typed, None));
        PullChanges pulled = Value(await Provider.PullAsync(subject.Typed, PullRequest.From(calendar, null), None));
        ProviderResult<ProviderItem> written = await Provider.WriteAsync(subject.Typed, calendar, Write("ours1", "Ours"), None);
        Google.Share(calendar, GoogleUnderTest.Email, AccessRole.None);
        ProviderResult<PullChanges> gone = await Provider.PullAsync(subject.Typed, PullRequest.From(calendar, pulled.Next), None);

        Assert.Equal(isReadOnly, account.Calendars.Single(c => c.Id == calendar).IsReadOnly);
        EventContent content = Assert.Single(pulled.Upserted).Object.Master!.Content;
        Assert.Equal((title, Transparency.Opaque), (content.Summary, content.Transparency));
        Assert.Equal(isRefused ? ProviderFaultKind.Rejected : null, written.Fault?.Kind);
        Assert.Equal(ProviderFaultKind.NotFound, gone.Fault?.Kind);
    }

    [Fact]
    public async Task Calls_WhenAllIsWell_TakeFewRequests()
    {
        string calendar = NewCalendar();
        for (int i = 0; i < 60; i++)
        {
            Google.PutEvent(calendar, Event($"event{i}", "Event"));
        }

        (int connect, _) = await CountAsync(() => Provider.ConnectAsync(subject.Typed, None));
        (int first, PullChanges all) = await CountAsync(() => Provider.PullAsync(subject.Typed, PullRequest.From(calendar, null), None));
        (int idle, PullChanges nothing) = await CountAsync(() => Provider.PullAsync(subject.Typed, PullRequest.From(calendar, all.Next), None));
        (int create, ProviderItem item) = await CountAsync(() => Provider.WriteAsync(subject.Typed, calendar, Write("count", "One"), None));
        (int same, _) = await CountAsync(() => Provider.WriteAsync(subject.Typed, calendar, Write("count", "One"), None));
        (int edit, _) = await CountAsync(() => Provider.WriteAsync(subject.Typed, calendar, Write("count", "Two"), None));
        (int changed, PullChanges one) = await CountAsync(() => Provider.PullAsync(subject.Typed, PullRequest.From(calendar, nothing.Next), None));
        (int delete, _) = await CountAsync(() => Provider.DeleteAsync(subject.Typed, calendar, "x", item.Id, None));

        Assert.Equal((2, 1, 1, 2, 1, 2, 1, 1), (connect, first, idle, create, same, edit, changed, delete));
        Assert.True(nothing.IsEmpty);
        Assert.Single(one.Upserted);
    }

    [Fact]
    public async Task Write_WhenItsAnswerIsLost_IsThereOnceAfterTheNextTry()
    {
        string calendar = NewCalendar();
        Google.Faults.Next(GoogleRequests.Write, Fault.LoseAnswer);

        ProviderResult<ProviderItem> lost = await Provider.WriteAsync(subject.Typed, calendar, Write("lost1", "Ours"), None);
        ProviderItem found = Value(await Provider.WriteAsync(subject.Typed, calendar, Write("lost1", "Ours"), None));

        Assert.Equal(ProviderFaultKind.Transient, lost.Fault?.Kind);
        Assert.Equal([found.Id], await subject.ListAsync(calendar));
    }

    [Fact]
    public async Task Write_WhenOursWasDeletedByItsPerson_ComesBackUnderItsName()
    {
        string calendar = NewCalendar();
        ProviderItem first = Value(await Provider.WriteAsync(subject.Typed, calendar, Write("back1", "One"), None));
        Google.DeleteEvent(calendar, first.Id);

        ProviderItem second = Value(await Provider.WriteAsync(subject.Typed, calendar, Write("back1", "Two"), None));

        Assert.Equal((first.Id, "Two"), (second.Id, second.Object.Master!.Content.Summary));
        Assert.Equal([first.Id], await subject.ListAsync(calendar));
    }

    [Fact]
    public async Task Pull_WhenTheApplicationsSeriesIsEditedByItsPerson_HasTheirExceptionsAndKeepsThem()
    {
        string calendar = NewCalendar();
        JsonObject weekly = Event("series1", "Weekly");
        weekly["recurrence"] = new JsonArray("RRULE:FREQ=WEEKLY;COUNT=5");
        Google.PutEvent(calendar, weekly);
        PullChanges before = Value(await Provider.PullAsync(subject.Typed, PullRequest.From(calendar, null), None));
        Google.PatchEvent(calendar, "series1_20270317T090000Z", new JsonObject { ["summary"] = "Other" });
        Google.DeleteEvent(calendar, "series1_20270324T090000Z");

        ProviderItem after = Assert.Single(Value(await Provider.PullAsync(subject.Typed, PullRequest.From(calendar, before.Next), None)).Upserted);
        CalendarObject known = after.Object;
        ProviderItem written = Value(await Provider.WriteAsync(
            subject.Typed,
            calendar,
            new ProviderWrite("other", after.Id, after.Version, new EventChange { Start = known.Master!.Start, End = known.Master.End, Summary = "Renamed" }),
            None));

        Assert.Equal("Other", Assert.Single(known.Overrides).Definition.Content.Summary);
        Assert.Single(known.Excluded);
        Assert.Equal("Renamed", written.Object.Master!.Content.Summary);
        Assert.Equal((known.Excluded.Length, known.Overrides.Length), (written.Object.Excluded.Length, written.Object.Overrides.Length));
    }

    private static JsonObject Event(string id, string summary) => new()
    {
        ["id"] = id,
        ["summary"] = summary,
        ["start"] = new JsonObject { ["dateTime"] = "2027-03-10T10:00:00+01:00", ["timeZone"] = "Europe/Berlin" },
        ["end"] = new JsonObject { ["dateTime"] = "2027-03-10T11:00:00+01:00", ["timeZone"] = "Europe/Berlin" },
    };

    private static ProviderWrite Write(string key, string summary) => new(key, null, null, new EventChange
    {
        Start = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 9, 30), "Europe/Berlin"),
        End = CalendarTime.InZone(new LocalDateTime(2027, 4, 14, 10, 15), "Europe/Berlin"),
        Summary = summary,
    });

    private static ProviderAccess AccessOf(OAuthTokens tokens) => new(ProviderNames.Google, null, null, tokens.AccessToken);

    private static T Value<T>(ProviderResult<T> result)
        where T : class
    {
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private string NewUser()
    {
        string email = $"person{Interlocked.Increment(ref _lastName)}@example.org";
        Google.AddUser(email, "Somebody");
        return email;
    }

    private string NewCalendar() => Google.AddCalendar(GoogleUnderTest.Email, $"Server {Interlocked.Increment(ref _lastName)}");

    private async Task<(int Requests, T Value)> CountAsync<T>(Func<Task<ProviderResult<T>>> call)
        where T : class
    {
        Google.Requests.Clear();
        T value = Value(await call());
        return (Google.Requests.All.Length, value);
    }

    // A browser that allows these scopes, and the code that it brings back.
    private async Task<string> AllowAsync(string email, params string[] scopes)
    {
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        using var browser = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new HttpRequestMessage(
            HttpMethod.Post, Provider.Login!.AuthorizeUri("google", "state", challenge, Callback, email))
        {
            Content = new FormUrlEncodedContent(
                [new("user", email), new("decision", "allow"), .. scopes.Select(s => new KeyValuePair<string, string>("scope", s))]),
        };
        using HttpResponseMessage answer = await browser.SendAsync(form, None);
        return QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["code"].ToString();
    }
}
