using CalendarActors.Simulators.Kit;
using CalendarActors.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Simulators.Tests.Kit;

public sealed class SimulatorHostTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly FaultScript _faults = new(1);
    private readonly RequestLog _requests = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly SemaphoreSlim _mayAnswer = new(0);
    private SimulatorHost _host = null!;

    public async Task InitializeAsync() => _host = await SimulatorHost.StartAsync(new SimulatorHostOptions
    {
        Time = _time,
        DateSkew = () => TimeSpan.FromHours(1),
        Faults = _faults,
        Requests = _requests,
        Classify = request => request.Path == "/secret" ? "secret" : "get",
        Caller = request => request.Headers["X-Caller"],
        SecretClasses = new HashSet<string>(["secret"], StringComparer.Ordinal),
        Answer = AnswerAsync,
        AnswerFault = (context, fault) => context.Response.WriteAsync($"refused: {fault.Reason}"),
    });

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        _mayAnswer.Dispose();
    }

    [Fact]
    public async Task Requests_WhenTheyOverlap_AreCountedForEachCaller()
    {
        Task<HttpResponseMessage>[] waiting = [AskAsync("wait", "ada"), AskAsync("wait", "ada"), AskAsync("wait", "bob")];
        await Eventually.HoldsAsync(() => Task.FromResult(_requests.Count("get") == 3));
        _mayAnswer.Release(3);
        await Task.WhenAll(waiting);

        Assert.Equal((2, 1, 2), (_requests.MostInFlight("ada"), _requests.MostInFlight("bob"), _requests.MostInFlightOfOneCaller));
        (await AskAsync("", "ada")).Dispose();
        Assert.Equal(1, _requests.All[^1].InFlight);
    }

    [Fact]
    public async Task Slow_WhenTheClockStandsStill_IsNotAnswered()
    {
        _faults.Next("get", Fault.Slow(TimeSpan.FromMinutes(1)));
        Task<HttpResponseMessage> asked = AskAsync("");
        await Eventually.HoldsAsync(() => Task.FromResult(_requests.Count("get") == 1));
        Assert.False(asked.IsCompleted);

        await Eventually.HoldsAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult(asked.IsCompleted);
        });

        Assert.Equal("hello", await (await asked).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Hang_WhenTheClientGivesUp_Ends()
    {
        _faults.Next("get", Fault.Hang);
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> asked = AskAsync("", patience: patience.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(_requests.Count("get") == 1));
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await Eventually.HoldsAsync(() => Task.FromResult(_requests.All is [{ Status: 0, Fault.Kind: FaultKind.Hang }]));
    }

    [Fact]
    public async Task Status_WhenScripted_HasTheProvidersBodyAndTheSkewedDate()
    {
        _faults.Next("get", Fault.Answer(429, TimeSpan.FromSeconds(2.5), "tooFast"));

        using HttpResponseMessage answer = await AskAsync("");

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.Equal("refused: tooFast", await answer.Content.ReadAsStringAsync());
        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(_time.GetUtcNow().AddHours(1), answer.Headers.Date);
    }

    [Fact]
    public async Task Log_WhenARequestCarriesSecrets_KeepsNoBody()
    {
        (await AskAsync("secret", body: "refresh_token=x")).Dispose();
        (await AskAsync("open", body: "hello")).Dispose();

        Assert.Equal(["", "hello"], _requests.All.Select(record => record.Body));
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/wait")
        {
            await _mayAnswer.WaitAsync(context.RequestAborted);
        }

        await context.Response.WriteAsync("hello");
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? caller = null, string? body = null, CancellationToken patience = default)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(_host.Address, path));
        request.Headers.TryAddWithoutValidation("X-Caller", caller);
        request.Content = body is null ? null : new StringContent(body);
        return await _http.SendAsync(request, patience);
    }
}
