using System.Collections.Concurrent;
using System.Diagnostics;
using CalendarActors.Bench.Peers;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Bench;

/// <summary>Where channels call back: answers 200 at once, or never on some paths, and keeps when each path was called.</summary>
internal sealed class CallbackSink : IAsyncDisposable
{
    /// <summary>Paths that begin so are never answered.</summary>
    public const string Hanging = "/hang/";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, Calls> _calls = new();

    private CallbackSink(WebApplication server, Uri address)
    {
        _server = server;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Length of the last body of a change.</summary>
    public int BodyBytes { get; private set; }

    public static async Task<CallbackSink> StartAsync()
    {
        Uri address = new($"http://127.0.0.1:{LoopbackPort.Free()}");
        WebApplication server = PeerProgram.Server(address.ToString().TrimEnd('/'));
        CallbackSink sink = new(server, address);
        server.MapPost("/{**path}", sink.TakeAsync);
        await server.StartAsync();
        return sink;
    }

    /// <summary>When a path was called first at or after a moment; waits for it. Both are timestamps of the stopwatch.</summary>
    /// <exception cref="TimeoutException">Not within a minute.</exception>
    public Task<long> ToldAfterAsync(string path, long moment) => CallsOf(path).AfterAsync(moment).WaitAsync(Patience);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Calls CallsOf(string path) => _calls.GetOrAdd(path, _ => new Calls());

    private async Task TakeAsync(HttpContext context)
    {
        long at = Stopwatch.GetTimestamp();
        string path = context.Request.Path.Value!;
        using StreamReader reader = new(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        if (body.Contains("\"change\"", StringComparison.Ordinal))
        {
            BodyBytes = body.Length;
        }

        if (path.StartsWith(Hanging, StringComparison.Ordinal))
        {
            CallsOf(path).Add(at);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        CallsOf(path).Add(at);
    }

    /// <summary>The calls of one path.</summary>
    private sealed class Calls
    {
        private readonly Lock _lock = new();
        private readonly List<(long Moment, TaskCompletionSource<long> Told)> _waiting = [];
        private long _last = long.MinValue;

        public void Add(long at)
        {
            lock (_lock)
            {
                _last = at;
                foreach ((long _, TaskCompletionSource<long> told) in _waiting.FindAll(w => w.Moment <= at))
                {
                    told.TrySetResult(at);
                }

                _waiting.RemoveAll(w => w.Moment <= at);
            }
        }

        public Task<long> AfterAsync(long moment)
        {
            lock (_lock)
            {
                if (_last >= moment)
                {
                    return Task.FromResult(_last);
                }

                TaskCompletionSource<long> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((moment, told));
                return told.Task;
            }
        }
    }
}
