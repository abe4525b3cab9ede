using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.TestKit.Callbacks;

/// <summary>An application's callback on loopback: takes what comes, or answers with the status that a test says.</summary>
public sealed class HookListener : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _answering;

    /// <summary>Listens from now on.</summary>
    public HookListener()
    {
        string origin = $"http://127.0.0.1:{LoopbackPort.Free()}/";
        Url = origin + "hook?secret=callback-canary";
        _listener.Prefixes.Add(origin);
        _listener.Start();
        _answering = AnswerAsync();
    }

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<HookCall> Calls { get; } = new();

    /// <summary>How it answers; 200 until a test says otherwise.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Where it listens; with something in it that no log may have.</summary>
    public string Url { get; }

    /// <summary>Waits until so many calls have come.</summary>
    public Task ComeAsync(int count) => Eventually.HoldsAsync(() => Task.FromResult(Calls.Count >= count), TimeSpan.FromMinutes(2));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _answering;
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using StreamReader body = new(context.Request.InputStream, Encoding.UTF8);
                HookCall call = new(
                    await body.ReadToEndAsync(),
                    context.Request.Headers.AllKeys.OfType<string>().ToDictionary(
                        name => name, name => context.Request.Headers[name] ?? "", StringComparer.OrdinalIgnoreCase));
                context.Response.StatusCode = Status;
                context.Response.Close();
                Calls.Enqueue(call);
            }
        }
        catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }
}
