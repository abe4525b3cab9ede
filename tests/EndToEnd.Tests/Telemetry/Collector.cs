using System.Collections.Concurrent;
using System.Text;
using CalendarActors.TestKit.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CalendarActors.EndToEnd.Tests.Telemetry;

/// <summary>Stands for an OpenTelemetry collector: takes OTLP as protobuf over HTTP and keeps it.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _taken = new();
    private readonly WebApplication _app;

    private Collector(WebApplication app, string address) => (_app, Address) = (app, address);

    public string Address { get; }

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        string address = $"http://127.0.0.1:{RunningNode.FreePort()}";
        builder.WebHost.UseUrls(address);
        Collector collector = new(builder.Build(), address);
        collector._app.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Everything of a signal (<c>metrics</c>, <c>traces</c>, <c>logs</c>) as text, one character a byte.</summary>
    public string TextOf(string signal) =>
        string.Concat(_taken.Where(t => t.Signal == signal).Select(t => Encoding.Latin1.GetString(t.Body)));

    /// <summary>The names of the spans of each trace, by the trace's id.</summary>
    public ILookup<string, string> SpansByTrace() => _taken
        .Where(t => t.Signal == "traces")
        .SelectMany(t => Protobuf.Fields(t.Body, 1))
        .SelectMany(resource => Protobuf.Fields(resource, 2))
        .SelectMany(scope => Protobuf.Fields(scope, 2))
        .ToLookup(
            span => Convert.ToHexStringLower(Protobuf.Fields(span, 1).Single().Span),
            span => Encoding.UTF8.GetString(Protobuf.Fields(span, 5).Single().Span),
            StringComparer.Ordinal);

    /// <summary>The names of all metrics.</summary>
    public HashSet<string> Metrics() =>
    [
        .. _taken
            .Where(t => t.Signal == "metrics")
            .SelectMany(t => Protobuf.Fields(t.Body, 1))
            .SelectMany(resource => Protobuf.Fields(resource, 2))
            .SelectMany(scope => Protobuf.Fields(scope, 2))
            .Select(metric => Encoding.UTF8.GetString(Protobuf.Fields(metric, 1).Single().Span)),
    ];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(string signal, HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        _taken.Enqueue((signal, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }
}
