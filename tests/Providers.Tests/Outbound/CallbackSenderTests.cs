using System.Net;
using System.Net.Sockets;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.CalDav;
using CalendarActors.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace CalendarActors.Providers.Tests.Outbound;

public sealed class CallbackSenderTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 2, 1, 12, 0, 0, TimeSpan.Zero));

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Callback_WhenPosted_ArrivesAsItWasSignedOnOneConnection()
    {
        using CallbackSender sender = Sender();
        List<(string? Type, string? Header)> seen = [];
        _server.Handle(context =>
        {
            seen.Add((context.Request.ContentType, context.Request.Headers["Cronofy-HMAC-SHA256"]));
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        CallbackAnswer first = await SendAsync(sender, "/hook?a=%20");
        CallbackAnswer second = await SendAsync(sender, "/hook?a=%20");

        Assert.Equal([new CallbackAnswer(CallbackOutcome.Accepted, 204), new(CallbackOutcome.Accepted, 204)], [first, second]);
        Assert.Equal([("application/json; charset=utf-8", "a,b"), ("application/json; charset=utf-8", "a,b")], seen);
        Assert.Equal([("POST", "/hook", "{}"), ("POST", "/hook", "{}")], _server.Requests.Select(r => (r.Method, r.Path, r.Body)));
        Assert.Single(_server.Requests.Select(r => r.ConnectionId).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(200, CallbackOutcome.Accepted)]
    [InlineData(299, CallbackOutcome.Accepted)]
    [InlineData(304, CallbackOutcome.Refused)]
    [InlineData(404, CallbackOutcome.Refused)]
    [InlineData(410, CallbackOutcome.Gone)]
    [InlineData(500, CallbackOutcome.Refused)]
    public async Task Answer_WhenItHasAStatus_MeansOneThing(int status, CallbackOutcome outcome)
    {
        using CallbackSender sender = Sender();
        _server.Answer(_ => Results.StatusCode(status));

        Assert.Equal(new CallbackAnswer(outcome, status), await SendAsync(sender));
    }

    [Theory]
    [InlineData(429, "90", 90)]
    [InlineData(503, "Sun, 01 Feb 2026 12:02:00 GMT", 120)]
    [InlineData(503, "Sun, 01 Feb 2026 11:00:00 GMT", null)]
    [InlineData(429, "soon", null)]
    [InlineData(500, "90", null)]
    public async Task Answer_WhenItAsksToWait_SaysHowLong(int status, string retryAfter, int? seconds)
    {
        using CallbackSender sender = Sender();
        _server.Answer(context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return Results.StatusCode(status);
        });

        CallbackAnswer answer = await SendAsync(sender);

        Assert.Equal(seconds is { } s ? Duration.FromSeconds(s) : null, answer.RetryAfter);
    }

    [Fact]
    public async Task Redirect_WhenAnswered_IsNotFollowed()
    {
        using CallbackSender sender = Sender();
        _server.Answer(context => context.Request.Path == "/" ? Results.Redirect("/elsewhere", preserveMethod: true) : Results.Ok());

        Assert.Equal(new CallbackAnswer(CallbackOutcome.Refused, 307), await SendAsync(sender));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Body_WhenItNeverEnds_IsNotReadToItsEnd()
    {
        using CallbackSender sender = Sender();
        _server.Handle(async context =>
        {
            byte[] chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk);
            }
        });

        Assert.Equal(new CallbackAnswer(CallbackOutcome.Accepted, 200), await SendAsync(sender).WaitAsync(Eventually.Deadline));
    }

    [Fact]
    public async Task Answer_WhenItNeverComes_IsWaitedForSevenSeconds()
    {
        using CallbackSender sender = Sender();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Handle(context => HangAsync(context, asked));
        Task<CallbackAnswer> sending = SendAsync(sender);
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(sending.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(new CallbackAnswer(CallbackOutcome.TimedOut), await sending);
    }

    [Fact]
    public async Task Connection_WhenItIsCut_IsTriedOnceMore()
    {
        using CallbackSender sender = Sender();
        int count = 0;
        _server.Handle(context =>
        {
            if (Interlocked.Increment(ref count) == 1)
            {
                context.Abort();
            }

            return Task.CompletedTask;
        });

        Assert.Equal(CallbackOutcome.Accepted, (await SendAsync(sender)).Outcome);
        _server.Handle(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(CallbackOutcome.Unreachable, (await SendAsync(sender)).Outcome);
    }

    [Theory]
    [InlineData("http://127.0.0.66:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task Address_WhenItLeadsInside_IsNotCalled(string address)
    {
        using CallbackSender sender = Sender();

        CallbackAnswer answer = await sender.SendAsync(
            Request(string.Format(null, address, _server.Port)), CancellationToken.None);

        Assert.Equal(new CallbackAnswer(CallbackOutcome.NotAllowed), answer);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Name_WhenItsAnswerFlipsAfterTheCheck_LeadsToNobodyElse()
    {
        using var canary = new TcpListener(IPAddress.Parse("127.0.0.66"), _server.Port);
        canary.Start();
        FlippingResolver resolver = new(IPAddress.Loopback, IPAddress.Parse("127.0.0.66"));
        using CallbackSender sender = Sender(resolver);
        _server.Answer(context =>
        {
            context.Response.Headers.Connection = "close";
            return Results.Ok();
        });
        CallbackRequest request = Request($"http://rebind.example:{_server.Port}/");

        CallbackAnswer first = await sender.SendAsync(request, CancellationToken.None);
        CallbackAnswer second = await sender.SendAsync(request, CancellationToken.None);

        Assert.Equal([CallbackOutcome.Accepted, CallbackOutcome.NotAllowed], new[] { first.Outcome, second.Outcome });
        Assert.False(canary.Pending());
    }

    [Fact]
    public void PublicAddress_WhenItIsPlainHttp_MayBeCalledBack()
    {
        AddressGuard guard = new(Options.Create(new OutboundOptions()), new SystemHostResolver());

        Assert.Null(guard.Check("hooks.example", 80, isSecure: true, [IPAddress.Parse("93.184.216.34")]));
        Assert.NotNull(guard.Check("hooks.example", 80, isSecure: true, [IPAddress.Parse("10.0.0.1")]));
    }

    /// <summary>One host hangs with as many calls as it may have; the same application's other host, and others, go on.</summary>
    [Fact]
    public async Task Host_WhenItHangs_HoldsUpNobodyElse()
    {
        OutboundOptions options = Allowing("127.0.0.1", "localhost");
        options.CallbacksPerHost = 2;
        options.CallbacksPerApplication = 3;
        CallbackLanes lanes = new(Options.Create(options));
        using CallbackSender sender = new(new AddressGuard(Options.Create(options), new SystemHostResolver()), lanes, _time);
        int hanging = 0;
        _server.Handle(context =>
        {
            if (context.Request.Path != "/hang")
            {
                return Task.CompletedTask;
            }

            Interlocked.Increment(ref hanging);
            return HangAsync(context);
        });
        using CancellationTokenSource end = new();
        Task[] stuck =
        [
            .. Enumerable.Range(0, 6).Select(_ => sender.SendAsync(
                Request($"http://127.0.0.1:{_server.Port}/hang"), end.Token)),
        ];
        await Eventually.HoldsAsync(() => Task.FromResult(hanging == 2));

        CallbackAnswer sameApplication = await sender.SendAsync(
            Request($"http://localhost:{_server.Port}/"), CancellationToken.None);
        CallbackAnswer sameHost = await sender.SendAsync(
            Request($"http://127.0.0.1:{_server.Port}/") with { Application = "app_other" }, CancellationToken.None);

        Assert.Equal([CallbackOutcome.Accepted, CallbackOutcome.Accepted], new[] { sameApplication.Outcome, sameHost.Outcome });
        Assert.Equal(2, hanging);
        await end.CancelAsync();
        foreach (Task task in stuck)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        Assert.Equal(0, lanes.Count);
    }

    private static Task HangAsync(HttpContext context, TaskCompletionSource? asked = null)
    {
        TaskCompletionSource never = new();
        context.RequestAborted.Register(() => never.TrySetResult());
        asked?.TrySetResult();
        return never.Task;
    }

    private static OutboundOptions Allowing(params string[] hosts)
    {
        OutboundOptions options = new();
        foreach (string host in hosts)
        {
            options.AllowedHosts.Add(host);
        }

        return options;
    }

    private static CallbackRequest Request(string address) =>
        new("app_1", address, Encoding.UTF8.GetBytes("{}"), [new("Cronofy-HMAC-SHA256", "a,b")]);

    private Task<CallbackAnswer> SendAsync(CallbackSender sender, string path = "/") =>
        sender.SendAsync(Request($"http://127.0.0.1:{_server.Port}{path}"), CancellationToken.None);

    private CallbackSender Sender(IHostResolver? resolver = null)
    {
        IOptions<OutboundOptions> options = Options.Create(Allowing($"127.0.0.1:{_server.Port}"));
        return new CallbackSender(new AddressGuard(options, resolver ?? new SystemHostResolver()), new CallbackLanes(options), _time);
    }

    private sealed class FlippingResolver(IPAddress first, IPAddress later) : IHostResolver
    {
        private int _count;

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([Interlocked.Increment(ref _count) == 1 ? first : later]);
    }
}
