using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Providers.Tests.CalDav;

/// <summary>An HTTP server on a loopback port that answers as a test says, and remembers what it was asked.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Func<HttpContext, Task> _handler = _ => Task.CompletedTask;

    public ScriptedServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    public int Port => new Uri(_app.Urls.First()).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public Task StartAsync() => _app.StartAsync();

    public void Handle(Func<HttpContext, Task> handler) => _handler = handler;

    public void Answer(Func<HttpContext, IResult> answer) => _handler = context => answer(context).ExecuteAsync(context);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Request.Body = new MemoryStream(body.ToArray());
        Requests.Enqueue(new ScriptedRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            Encoding.UTF8.GetString(body.ToArray()),
            (string?)context.Request.Headers.Authorization,
            context.Connection.Id));
        await _handler(context);
    }
}
