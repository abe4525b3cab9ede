using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>A proxy on a loopback port in front of a real server, which does to requests what networks do.</summary>
public sealed partial class FaultProxy : IAsyncDisposable
{
    /// <summary>How often a script refuses a login at most: three refusals in a row end it, and chance would do that some day.</summary>
    public const int MostRefusals = 2;

    private static readonly string[] NotForwarded = ["Host", "Connection", "Content-Length", "Content-Type", "Transfer-Encoding"];

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = OtherClient.MostConnections,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseProxy = false,
    });

    private readonly ConcurrentQueue<FaultProxyExchange> _exchanges = new();
    private readonly ConcurrentQueue<(string Method, ProxyFault Fault)> _planned = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private readonly Uri _target;
    private readonly TimeProvider _time;
    private int _inFlight;

    private FaultProxy(Uri target, TimeProvider time, WebApplication app)
    {
        _target = target;
        _time = time;
        _app = app;
    }

    /// <summary>What a client is given instead of the server's address.</summary>
    public Uri Address => new(_app.Urls.First() + "/");

    /// <summary>Requests that came and have no end yet.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Every request so far.</summary>
    public ImmutableArray<FaultProxyExchange> Exchanges => [.. _exchanges];

    /// <summary>
    /// Asked for each request with its method and path when nothing is planned. For seeded fault scripts; see
    /// <see cref="MostRefusals"/>.
    /// </summary>
    public Func<string, string, ProxyFault>? Script { get; set; }

    /// <summary>What <see cref="ProxyFault.Throttle429"/> says in <c>Retry-After</c>; half a minute until a test says otherwise.</summary>
    public TimeSpan AskedWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Awaited before a request is passed on: another client may act in between.</summary>
    public Func<string, string, Task>? Before { get; set; }

    /// <summary>Starts a proxy.</summary>
    /// <param name="target">The server.</param>
    /// <param name="time">For the times of exchanges; the system's when null.</param>
    public static async Task<FaultProxy> StartAsync(Uri target, TimeProvider? time = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var proxy = new FaultProxy(target, time ?? TimeProvider.System, builder.Build());
        proxy._app.Run(proxy.CountAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>The next request of a method gets a fault; plans are used up in order.</summary>
    public void Plan(string method, ProxyFault fault) => _planned.Enqueue((method, fault));

    /// <summary>Forgets the requests so far.</summary>
    public void Clear() => _exchanges.Clear();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task CountAsync(HttpContext context)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            await PassAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        DateTimeOffset at = _time.GetUtcNow();
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        string text = Encoding.UTF8.GetString(body.ToArray());
        string path = context.Request.Path.Value ?? "/";
        if (Before is { } before)
        {
            await before(context.Request.Method, path);
        }

        ProxyFault fault = Choose(context.Request, path, text);
        if (fault is ProxyFault.None or ProxyFault.LoseAnswer or ProxyFault.CutAnswer)
        {
            await ForwardAsync(context, body.ToArray(), fault, Note);
        }
        else
        {
            await AnswerAsync(context, fault, text, Note);
        }

        if (fault is ProxyFault.ResetBefore or ProxyFault.LoseAnswer or ProxyFault.CutAnswer)
        {
            context.Abort();
        }

        // Before the last byte leaves: who has the answer counts at once.
        void Note(int status) =>
            _exchanges.Enqueue(new FaultProxyExchange(at, context.Request.Method, path, text, status, fault));
    }

    private ProxyFault Choose(HttpRequest request, string path, string body)
    {
        string method = request.Method;
        bool isSync = body.Contains("sync-collection", StringComparison.Ordinal);
        bool Fits(ProxyFault fault) => isSync || fault is not (ProxyFault.RefuseSyncToken or ProxyFault.EmptySync);

        if (_planned.TryPeek(out (string Method, ProxyFault Fault) planned) && planned.Method == method
            && Fits(planned.Fault) && _planned.TryDequeue(out planned))
        {
            return planned.Fault;
        }

        ProxyFault scripted = Script?.Invoke(method, path) ?? ProxyFault.None;
        return Fits(scripted) && (scripted != ProxyFault.Refuse401 || MayRefuse(request)) ? scripted : ProxyFault.None;
    }

    private bool MayRefuse(HttpRequest request) =>
        _refusals.AddOrUpdate(request.Headers.Authorization.ToString(), 1, (_, refused) => refused + 1) <= MostRefusals;

    private async Task ForwardAsync(HttpContext context, byte[] body, ProxyFault fault, Action<int> note)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), new Uri(_target, context.Request.Path.ToUriComponent()));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        foreach (var header in context.Request.Headers.Where(h => !NotForwarded.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }

        request.Headers.Host = context.Request.Host.Value;
        using HttpResponseMessage response = await _http.SendAsync(request, context.RequestAborted);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        note((int)response.StatusCode);
        if (fault == ProxyFault.LoseAnswer)
        {
            return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers)
            .Where(h => h.Key is not ("Connection" or "Content-Length" or "Transfer-Encoding" or "Keep-Alive")))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        if (fault == ProxyFault.CutAnswer)
        {
            context.Response.ContentLength = answer.Length + 1;
            await context.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2));
            await context.Response.Body.FlushAsync();
            return;
        }

        if (answer.Length > 0)
        {
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer);
        }
    }

    private async Task AnswerAsync(HttpContext context, ProxyFault fault, string request, Action<int> note)
    {
        if (fault == ProxyFault.Hang)
        {
            await Hanging.UntilGivenUpAsync(context);
            note(0);
            return;
        }

        note(0);

        (context.Response.StatusCode, string body) = fault switch
        {
            ProxyFault.Refuse401 => (401, ""),
            ProxyFault.Throttle429 => (429, ""),
            ProxyFault.Fail500 => (500, ""),
            ProxyFault.Fail503 => (503, ""),
            ProxyFault.RefuseSyncToken => (403, "<error xmlns=\"DAV:\"><valid-sync-token/></error>"),
            ProxyFault.EmptySync => (207, $"<multistatus xmlns=\"DAV:\"><sync-token>{Token().Match(request).Groups[1].Value}</sync-token></multistatus>"),
            _ => (200, ""),
        };
        if (fault == ProxyFault.Throttle429)
        {
            context.Response.Headers.RetryAfter = AskedWait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        if (fault != ProxyFault.ResetBefore && body.Length > 0)
        {
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(body);
        }
    }

    [GeneratedRegex("sync-token[^>]*>([^<]*)<", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
