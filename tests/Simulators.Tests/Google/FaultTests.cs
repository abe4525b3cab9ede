using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Kit;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Google;

public sealed class FaultTests : IAsyncLifetime
{
    private const string Ada = "ada@example.org";
    private const string Events = "calendars/primary/events";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private GoogleSimulator _google = null!;
    private Caller _ada = null!;

    public async Task InitializeAsync() => await StartAsync(new() { Time = _time });

    public async Task DisposeAsync()
    {
        _ada.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Status_WhenScripted_IsWordedAsGoogleDoes()
    {
        _google.Faults.Next(GoogleRequests.Listing, Fault.Answer(403, TimeSpan.FromSeconds(30)));

        JsonObject error = await _ada.AskAsync("GET", Events);

        Assert.Equal((403, "rateLimitExceeded"), (_ada.Status, Caller.Reason(error)));
        Assert.Equal(TimeSpan.FromSeconds(30), _ada.RetryAfter?.Delta);
        await _ada.AskAsync("GET", Events);
        Assert.Equal(200, _ada.Status);
    }

    [Fact]
    public async Task RetryAfter_WhenItIsADate_IsCountedFromTheSimulatorsClock()
    {
        _google.Faults.Next(GoogleRequests.Listing, Fault.Answer(503, TimeSpan.FromSeconds(30), retryAfterIsDate: true));

        await _ada.AskAsync("GET", Events);

        Assert.Equal(_time.GetUtcNow().AddSeconds(30), _ada.RetryAfter?.Date);
    }

    [Fact]
    public async Task Write_WhenTheAnswerIsLost_IsDoneNevertheless()
    {
        _google.Faults.Next(GoogleRequests.Write, Fault.LoseAnswer);

        await Assert.ThrowsAsync<HttpRequestException>(() => _ada.AskAsync("POST", Events, Samples.Single("One")));

        Assert.Single(_google.ListEvents(Ada));
    }

    [Fact]
    public async Task Write_WhenResetBefore_IsNotDone()
    {
        _google.Faults.Next(GoogleRequests.Write, Fault.ResetBefore);

        await Assert.ThrowsAsync<HttpRequestException>(() => _ada.AskAsync("POST", Events, Samples.Single("One")));

        Assert.Empty(_google.ListEvents(Ada));
    }

    [Fact]
    public async Task Listing_WhenTheAnswerIsCut_BreaksOffInTheBody()
    {
        _google.Faults.Next(GoogleRequests.Listing, Fault.CutAnswer);

        await Assert.ThrowsAnyAsync<Exception>(() => _ada.AskAsync("GET", Events));

        Assert.Equal(200, _ada.Status);
    }

    [Fact]
    public async Task Consent_WhenWithdrawnBetweenPages_EndsTheSync()
    {
        _google.Faults.OnCall(GoogleRequests.Listing, 2, Fault.OfProvider(GoogleSeams.RevokeGrants));
        await _ada.AskAsync("GET", Events);
        Assert.Equal(200, _ada.Status);

        await _ada.AskAsync("GET", Events);

        Assert.Equal(401, _ada.Status);
    }

    [Theory]
    [InlineData(403, "userRateLimitExceeded")]
    [InlineData(429, "userRateLimitExceeded")]
    public async Task RateLimit_WhenExceeded_RefusesUntilTheMinuteHasPassed(int status, string reason)
    {
        _ada.Dispose();
        await _google.DisposeAsync();
        await StartAsync(new() { Time = _time, RequestsPerUserPerMinute = 2, RateLimitStatus = status });
        await _ada.AskAsync("GET", Events);
        await _ada.AskAsync("GET", Events);
        Assert.Equal(200, _ada.Status);

        JsonObject error = await _ada.AskAsync("GET", Events);
        Assert.Equal((status, reason), (_ada.Status, Caller.Reason(error)));
        _time.Advance(TimeSpan.FromMinutes(1));
        await _ada.AskAsync("GET", Events);

        Assert.Equal(200, _ada.Status);
    }

    [Fact]
    public async Task Requests_WhenLogged_SayWhatWhoAndHow()
    {
        await _ada.AskAsync("POST", Events, Samples.Single("One"));

        RequestRecord record = Assert.Single(_google.Requests.All);
        Assert.Equal(("POST", GoogleRequests.Write, Ada, 1, 200), (record.Method, record.Class, record.Caller, record.InFlight, record.Status));
        Assert.Contains("One", record.Body, StringComparison.Ordinal);
        Assert.Equal(1, _google.Requests.Count(GoogleRequests.Write));
    }

    private async Task StartAsync(GoogleSimulatorOptions options)
    {
        _google = await GoogleSimulator.StartAsync(options);
        _google.AddUser(Ada, "Ada");
        _ada = new Caller(_google, _google.IssueTokens(Ada).AccessToken);
    }
}
