using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using CalendarActors.Providers.Outbound;
using CalendarActors.Providers.Tests.CalDav;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Tests.Outbound;

public sealed class OutboundHttpTests : IAsyncLifetime
{
    private readonly ScriptedServer _server = new();

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Name_WhenItsAnswerFlipsAfterTheCheck_StillLeadsWhereItWasChecked()
    {
        // 127.0.0.1 stands for the public address: it alone is allowed. The second look-up, if there is one, says inside.
        using var canary = new TcpListener(IPAddress.Parse("127.0.0.66"), _server.Port);
        canary.Start();
        var resolver = new FlippingResolver(IPAddress.Loopback, IPAddress.Parse("127.0.0.66"));
        using var http = new OutboundHttp(Guard(resolver, $"127.0.0.1:{_server.Port}"), TimeProvider.System);
        _server.Answer(_ => Results.Text("hello"));

        OutboundResult first = await http.SendAsync(Get("http://rebind.example"), CancellationToken.None);
        OutboundResult second = await http.SendAsync(Get("http://rebind.example") with { Method = HttpMethod.Head }, CancellationToken.None);

        Assert.Equal(200, first.Response?.Status);
        Assert.Equal(1, resolver.Count);
        Assert.False(canary.Pending());
        Assert.Equal(200, second.Response?.Status);
    }

    [Fact]
    public async Task Name_WhenANewConnectionFindsItInside_IsRefused()
    {
        var resolver = new FlippingResolver(IPAddress.Loopback, IPAddress.Parse("127.0.0.66"));
        using var http = new OutboundHttp(Guard(resolver, $"127.0.0.1:{_server.Port}"), TimeProvider.System);
        _server.Answer(context =>
        {
            context.Response.Headers.Connection = "close";
            return Results.Text("hello");
        });

        await http.SendAsync(Get("http://rebind.example"), CancellationToken.None);
        OutboundResult second = await http.SendAsync(Get("http://rebind.example"), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.AddressNotAllowed, second.Fault?.Kind);
    }

    [Theory]
    [InlineData("http://127.0.0.66:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    public async Task Redirect_WhenItLeadsInside_IsRefused(string target)
    {
        using var http = new OutboundHttp(Guard(new SystemHostResolver(), $"127.0.0.1:{_server.Port}"), TimeProvider.System);
        _server.Answer(_ => Results.Redirect(string.Format(null, target, _server.Port), preserveMethod: true));

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.AddressNotAllowed, result.Fault?.Kind);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Request_WhenItIsTraced_TellsTheServerNothingOfIt()
    {
        ConcurrentQueue<string> traced = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        using var http = Http();
        string[] headers = [];
        _server.Answer(context =>
        {
            headers = [.. context.Request.Headers.Keys];
            return Results.Text("hello");
        });

        using (Activity own = new Activity("own").AddBaggage("person", "per_1").Start())
        {
            await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);
        }

        Assert.Contains("System.Net.Http.HttpRequestOut", traced);
        Assert.Contains("Host", headers);
        Assert.DoesNotContain(headers, h => h is "traceparent" or "tracestate" or "baggage" or "Correlation-Context" or "Request-Id");
    }

    [Fact]
    public async Task Redirect_WhenItIsFollowed_KeepsMethodAndBodyAndCredentials()
    {
        using var http = Http();
        _server.Answer(context => context.Request.Path == "/"
            ? Results.Redirect("/elsewhere", permanent: true)
            : Results.Text("there"));

        OutboundResult result = await http.SendAsync(
            Get("http://127.0.0.1") with
            {
                Method = new HttpMethod("PROPFIND"),
                Body = Encoding.UTF8.GetBytes("<propfind/>"),
                ContentType = "application/xml",
                Credentials = new AuthenticationHeaderValue("Basic", "c2VjcmV0"),
            },
            CancellationToken.None);

        Assert.Equal("/elsewhere", result.Response?.Address.AbsolutePath);
        Assert.Equal(
            [("PROPFIND", "/", "<propfind/>", "Basic c2VjcmV0"), ("PROPFIND", "/elsewhere", "<propfind/>", "Basic c2VjcmV0")],
            _server.Requests.Select(r => (r.Method, r.Path, r.Body, r.Authorization ?? "")));
    }

    [Fact]
    public async Task Redirect_WhenItLeadsToAnotherOwner_CarriesNoCredentials()
    {
        using var http = Http();
        _server.Answer(context => context.Request.Host.Host == "127.0.0.1"
            ? Results.Redirect($"http://localhost:{_server.Port}/", preserveMethod: true)
            : Results.Text("there"));

        await http.SendAsync(
            Get("http://127.0.0.1") with { Credentials = new AuthenticationHeaderValue("Basic", "c2VjcmV0") }, CancellationToken.None);

        Assert.Equal(["Basic c2VjcmV0", null], _server.Requests.Select(r => r.Authorization));
    }

    [Fact]
    public async Task Redirect_WhenTheyNeverEnd_IsGivenUpAfterFive()
    {
        using var http = Http();
        _server.Answer(_ => Results.Redirect("/again", preserveMethod: true));

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.RedirectRefused, result.Fault?.Kind);
        Assert.Equal(6, _server.Requests.Count);
    }

    [Theory]
    [InlineData("http://user:pw@127.0.0.1:{0}/")]
    [InlineData("ftp://127.0.0.1:{0}/")]
    [InlineData("file:///etc/passwd")]
    public async Task Redirect_WhenItIsNoPlainWebAddress_IsRefused(string target)
    {
        using var http = Http();
        _server.Answer(_ => Results.Redirect(string.Format(null, target, _server.Port), preserveMethod: true));

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.RedirectRefused, result.Fault?.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_WhenItIsTooLong_IsCutOff(bool saysItsLength)
    {
        using var http = Http();
        _server.Handle(async context =>
        {
            context.Response.ContentLength = saysItsLength ? 100_000_000 : null;
            byte[] chunk = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(chunk);
            }
        });

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1") with { MaxResponseBytes = 1_000_000 }, CancellationToken.None);

        Assert.Equal(OutboundFaultKind.TooLarge, result.Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenItIsACompressionBomb_IsCutOff()
    {
        using var http = Http();
        _server.Handle(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            using var gzip = new System.IO.Compression.GZipStream(context.Response.Body, System.IO.Compression.CompressionLevel.Fastest);
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 64; i++)
            {
                await gzip.WriteAsync(zeros);
            }
        });

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1") with { MaxResponseBytes = 1_000_000 }, CancellationToken.None);

        Assert.Equal(OutboundFaultKind.TooLarge, result.Fault?.Kind);
    }

    [Fact]
    public async Task Answer_WhenItNeverEnds_TimesOut()
    {
        using var http = Http();
        _server.Handle(context =>
        {
            var never = new TaskCompletionSource();
            context.RequestAborted.Register(() => never.TrySetResult());
            return never.Task;
        });

        OutboundResult result = await http.SendAsync(
            Get("http://127.0.0.1") with { Timeout = TimeSpan.FromMilliseconds(200) }, CancellationToken.None);

        Assert.Equal(OutboundFaultKind.TimedOut, result.Fault?.Kind);
    }

    [Fact]
    public async Task Connection_WhenItIsClosedUnannounced_IsTriedOnceMoreAndNotPooledAgain()
    {
        using var http = Http();
        int count = 0;
        _server.Handle(async context =>
        {
            if (Interlocked.Increment(ref count) == 2)
            {
                context.Abort();
                return;
            }

            await context.Response.WriteAsync("ok");
        });

        OutboundResult first = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);
        OutboundResult second = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);
        OutboundResult third = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);

        Assert.Equal([200, 200, 200], new[] { first, second, third }.Select(r => r.Response?.Status ?? 0));
        Assert.Equal(4, count);
        Assert.Equal(3, _server.Requests.Select(r => r.ConnectionId).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Connection_WhenItBreaksTwice_IsAFault()
    {
        using var http = Http();
        _server.Handle(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        OutboundResult result = await http.SendAsync(Get("http://127.0.0.1"), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.Cut, result.Fault?.Kind);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Connection_WhenNobodyListens_IsUnreachable()
    {
        using var http = Http();
        int port = TestKit.CalDavServers.LoopbackPort.Free();

        OutboundResult result = await http.SendAsync(
            new OutboundRequest(HttpMethod.Get, new Uri($"http://127.0.0.1:{port}/")), CancellationToken.None);

        Assert.Equal(OutboundFaultKind.Unreachable, result.Fault?.Kind);
    }

    private static OutboundHttp Http() => new(Guard(new SystemHostResolver(), "127.0.0.1", "localhost"), TimeProvider.System);

    private static AddressGuard Guard(IHostResolver resolver, params string[] allowed)
    {
        OutboundOptions options = new();
        foreach (string entry in allowed)
        {
            options.AllowedHosts.Add(entry);
        }

        return new AddressGuard(Options.Create(options), resolver);
    }

    private OutboundRequest Get(string origin) => new(HttpMethod.Get, new Uri($"{origin}:{_server.Port}/"));

    private sealed class FlippingResolver(IPAddress first, IPAddress later) : IHostResolver
    {
        private int _count;

        public int Count => _count;

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Task.FromResult<IPAddress[]>([Interlocked.Increment(ref _count) == 1 ? first : later]);
    }
}
