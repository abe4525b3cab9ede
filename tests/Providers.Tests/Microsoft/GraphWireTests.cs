using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Tests.CalDav;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

/// <summary>What goes over the wire, and what a Graph that misbehaves comes to.</summary>
public sealed class GraphWireTests : IAsyncLifetime
{
    private static readonly ProviderAccess Access = new(ProviderNames.Office365, null, null, "the-token");

    private readonly ScriptedServer _graph = new();
    private readonly ScriptedServer _other = new();
    private readonly ConcurrentQueue<(string Line, string Prefer)> _seen = new();
    private ServiceProvider _services = null!;
    private Func<HttpContext, IResult> _answer = _ => Results.NotFound();

    private ICalendarProvider Provider => _services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Office365)!;

    private string Base => $"{_graph.Address}v1.0";

    public async Task InitializeAsync()
    {
        await _graph.StartAsync();
        await _other.StartAsync();
        _graph.Answer(context =>
        {
            _seen.Enqueue(($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}", context.Request.Headers["Prefer"].ToString()));
            return _answer(context);
        });
        _services = new ServiceCollection()
            .AddCalendarActorsProviders(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["CalendarActors:Outbound:AllowedHosts:0"] = "127.0.0.1",
                    [$"{MicrosoftOptions.Section}:ClientId"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                    [$"{MicrosoftOptions.Section}:ClientSecret"] = "s",
                    [$"{MicrosoftOptions.Section}:GraphBaseUrl"] = Base,
                })
                .Build())
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _graph.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Request_WhateverItIs_CarriesTokenAndImmutableIds()
    {
        _answer = context => context.Request.Path.Value switch
        {
            "/v1.0/me" => Json("""{"id":"u","mail":"alice@example.com"}"""),
            "/v1.0/me/calendars" => Json("""{"value":[{"id":"c","name":"Calendar","canEdit":true,"isDefaultCalendar":true,"color":"lightBlue","hexColor":""}]}"""),
            { } path when path.EndsWith("delta", StringComparison.Ordinal) || path.EndsWith("delta()", StringComparison.Ordinal) => Page(delta: "d1"),
            _ => Results.NotFound(),
        };

        ProviderAccount account = (await Provider.ConnectAsync(Access, CancellationToken.None)).Value!;
        PullChanges pulled = (await PullAsync(null)).Value!;
        await PullAsync(pulled.Next);

        Assert.Equal(("u", "alice@example.com", "https://login.microsoftonline.com"), (account.Subject, account.ProfileName, account.Issuer));
        Assert.Equal(new ProviderCalendar("c", "Calendar", false, true, null, "#A6D1F5"), Assert.Single(account.Calendars));
        Assert.Equal(4, _seen.Count);
        Assert.All(_graph.Requests, request => Assert.Equal("Bearer the-token", request.Authorization));
        Assert.All(_seen, request => Assert.Contains("IdType=\"ImmutableId\"", request.Prefer, StringComparison.Ordinal));
        Assert.All(_seen, request => Assert.Contains("outlook.timezone=\"UTC\"", request.Prefer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Link_WhenItLeadsToAnotherHost_IsNotFollowed(bool isNext)
    {
        string elsewhere = $"{_other.Address}v1.0/me/calendars/c/calendarView/delta?$deltatoken=x";
        _answer = _ => isNext
            ? Json($$"""{"value":[],"@odata.nextLink":"{{elsewhere}}"}""")
            : Json($$"""{"value":[],"@odata.deltaLink":"{{elsewhere}}"}""");

        ProviderResult<PullChanges> result = await PullAsync(null);

        Assert.Equal(isNext ? ProviderFaultKind.AddressNotAllowed : ProviderFaultKind.Transient, result.Fault?.Kind);
        Assert.Empty(_other.Requests);
        Assert.Single(_seen);
    }

    [Fact]
    public async Task Cursor_WhenItsLinkLeadsToAnotherHost_IsWorthless()
    {
        string cursor = new GraphCursor(
            new Interval(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2060, 1, 1, 0, 0)),
            Instant.FromUtc(2026, 1, 1, 0, 0),
            $"{_other.Address}v1.0/delta?$deltatoken=~x").ToString();

        Assert.Equal(ProviderFaultKind.ResyncRequired, (await PullAsync(cursor)).Fault?.Kind);
        Assert.Empty(_other.Requests);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Cursor_WhenItsWindowNoLongerCovers_BeginsAnew()
    {
        _answer = _ => Page(delta: "d1");
        PullRequest early = Request(null, Instant.FromUtc(2026, 1, 1, 0, 0));
        PullChanges first = (await Provider.PullAsync(Access, early, CancellationToken.None)).Value!;

        PullChanges soon = (await Provider.PullAsync(
            Access, Request(first.Next, Instant.FromUtc(2026, 2, 4, 0, 0)), CancellationToken.None)).Value!;
        PullChanges late = (await Provider.PullAsync(
            Access, Request(soon.Next, Instant.FromUtc(2026, 2, 6, 0, 0)), CancellationToken.None)).Value!;

        Assert.True(first.IsComplete);
        Assert.Equal((Instant.FromUtc(2025, 11, 27, 0, 0), Instant.FromUtc(2026, 7, 6, 0, 0)), (first.Covers!.Value.Start, first.Covers.Value.End));
        Assert.False(soon.IsComplete);
        Assert.True(late.IsComplete);
        Assert.Equal(Instant.FromUtc(2026, 1, 2, 0, 0), late.Covers!.Value.Start);
    }

    [Fact]
    public async Task Pages_WhenTheyAreEmptyOrRepeatRows_AreAllRead()
    {
        string row = GraphJson.Single("one", "v1", "Lunch").ToJsonString();
        _answer = context => context.Request.QueryString.Value switch
        {
            { } q when q.Contains("p2", StringComparison.Ordinal) => Page(next: "p3"),
            { } q when q.Contains("p3", StringComparison.Ordinal) => Page(delta: "d1", rows: $"{row},{row}"),
            _ => Page(next: "p2", rows: row),
        };

        PullChanges pulled = (await PullAsync(null)).Value!;

        Assert.Equal("Lunch", Assert.Single(pulled.Upserted).Object.Master!.Content.Summary);
        Assert.Equal(3, _seen.Count);
    }

    [Fact]
    public async Task Pages_WhenTheyGoRoundInCircles_AreGivenUp()
    {
        _answer = _ => Page(next: "again");

        Assert.Equal(ProviderFaultKind.Transient, (await PullAsync(null)).Fault?.Kind);
        Assert.Equal(2, _seen.Count);
    }

    [Fact]
    public async Task Row_WhenItCannotBeRead_IsCalledUnreadableAndTheOthersCome()
    {
        JsonObject broken = GraphJson.Single("broken", "v1", "X");
        broken["start"] = new JsonObject { ["dateTime"] = "sometime", ["timeZone"] = "UTC" };
        _answer = _ => Page(delta: "d1", rows: $"{broken.ToJsonString()},{GraphJson.Single("good", "v1", "Y").ToJsonString()}");

        PullChanges pulled = (await PullAsync(null)).Value!;

        Assert.Equal(["broken"], pulled.Unreadable.AsEnumerable());
        Assert.Equal(["good"], pulled.Upserted.Select(i => i.Id));
    }

    [Theory]
    [InlineData(401, "InvalidAuthenticationToken", ProviderFaultKind.AuthDead)]
    [InlineData(410, "SyncStateNotFound", ProviderFaultKind.ResyncRequired)]
    [InlineData(429, "ApplicationThrottled", ProviderFaultKind.Throttled)]
    [InlineData(503, "ServiceUnavailable", ProviderFaultKind.Throttled)]
    [InlineData(504, "UnknownError", ProviderFaultKind.Transient)]
    [InlineData(404, "ErrorItemNotFound", ProviderFaultKind.NotFound)]
    public async Task Answer_WhenItIsNoSuccess_IsTranslatedAfterOneRequest(int status, string code, ProviderFaultKind kind)
    {
        _answer = context =>
        {
            context.Response.Headers.RetryAfter = status is 429 or 503 ? "40" : null;
            return Results.Json(new { error = new { code, message = "alice@example.com, Lunch" } }, statusCode: status);
        };

        ProviderFault? fault = (await PullAsync(null)).Fault;

        Assert.Equal(kind, fault?.Kind);
        Assert.Equal(kind == ProviderFaultKind.Throttled, fault!.NotBefore is not null);
        Assert.Contains(code, fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", fault.Detail, StringComparison.Ordinal);
        Assert.Single(_seen);
    }

    [Theory]
    [InlineData("<html>portal</html>", "text/html", 200)]
    [InlineData("{\"value\":[{", "application/json", 200)]
    [InlineData("", "application/json", 200)]
    [InlineData("<html>bad gateway</html>", "text/html", 502)]
    [InlineData("[]", "application/json", 200)]
    public async Task Answer_WhenItIsNotGraphs_IsAFaultThatMayPass(string body, string type, int status)
    {
        _answer = _ => Results.Text(body, type, statusCode: status);

        Assert.Equal(ProviderFaultKind.Transient, (await PullAsync(null)).Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenItBreaksOff_IsAFaultThatMayPass()
    {
        _graph.Handle(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"value\":[");
            context.Abort();
        });

        Assert.Equal(ProviderFaultKind.Transient, (await PullAsync(null)).Fault?.Kind);
    }

    [Fact]
    public async Task Call_WhenTheCallerCancels_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => Provider.PullAsync(Access, Request(null, Instant.FromUtc(2026, 1, 1, 0, 0)), new CancellationToken(canceled: true)));

    private static PullRequest Request(string? cursor, Instant start) => new(
        "c",
        cursor,
        new Interval(start, start + Duration.FromDays(151)),
        _ => ValueTask.FromResult<IReadOnlyDictionary<string, KnownVersion>>(new Dictionary<string, KnownVersion>(StringComparer.Ordinal)));

    private Task<ProviderResult<PullChanges>> PullAsync(string? cursor) =>
        Provider.PullAsync(Access, Request(cursor, Instant.FromUtc(2026, 1, 1, 0, 0)), CancellationToken.None);

    private IResult Page(string? next = null, string? delta = null, string rows = "") => Json($$"""
        {"value":[{{rows}}],
        "@odata.{{(next is null ? "delta" : "next")}}Link":"{{Base}}/me/calendars/c/calendarView/delta?$skiptoken={{next ?? delta}}"}
        """);

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
