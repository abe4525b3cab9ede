using System.Net;
using CalendarActors.EndToEnd.Tests.Connections;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets from a node that a person and an application work with.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Metrics =
    [
        "calendar.pulls", "calendar.writes", "calendar.lag", "calendar.notifications", "feed.news", "feed.lag",
        "http.server.request.duration", "http.client.request.duration", "dotnet.gc.heap.total_allocated",
    ];

    [FactNeeding("chromium")]
    public async Task Collector_WhenAPersonAndAnApplicationChangeACalendar_HasTheWholeWayAndNoContent()
    {
        await using Collector collector = await Collector.StartAsync();
        await using ConnectScene scene = await ConnectScene.OpenAsync(
            await SimulatedProvider.NamedAsync("google"),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CalendarActors:Telemetry:Endpoint"] = collector.Address,
                ["CalendarActors:Telemetry:Protocol"] = "HttpProtobuf",
                ["CalendarActors:Telemetry:TracePercent"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
                ["Logging:LogLevel:Default"] = "Information",
            });
        Integrator application = scene.Application;
        await scene.Person.Page.GotoAsync(application.AuthorizeUrl);
        await application.ExchangeAsync(await scene.Person.ConnectAsync(scene.Provider, SimulatedProvider.Email));
        string calendar = (await application.CalendarIdsAsync())[0];
        await Eventually.HoldsAsync(() => Task.FromResult(scene.Provider.IsWatched));

        scene.Provider.Add("Their canary title");

        // A write that comes while the calendar works already goes its way in the trace of that work: then another one.
        int writes = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                Assert.Equal(HttpStatusCode.Accepted, await application.WriteAsync(calendar, $"Our canary title {++writes}"));
                await Eventually.HoldsAsync(async () => (await application.EventsAsync()).Count == 1 + writes
                    && scene.Provider.Titles.Count == 1 + writes);
                return await Soon(() => Metrics.All(collector.Metrics().Contains) && IsWholeWayThere(collector) && collector.TextOf("logs").Length > 0);
            },
            otherwise: () => $"{string.Join(' ', collector.Metrics())}\n{string.Join('\n', collector.SpansByTrace().Select(t => string.Join(" | ", t)))}");

        foreach (string signal in new[] { "metrics", "traces", "logs" })
        {
            foreach (string secret in new[]
            {
                "canary", SimulatedProvider.Email, Uri.EscapeDataString(SimulatedProvider.Email), RunningNode.OperatorKey, "Bearer ", "=ac_",
            })
            {
                Assert.DoesNotContain(secret, collector.TextOf(signal), StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>Whether it is so within ten seconds: exporters send what they have several times meanwhile.</summary>
    private static async Task<bool> Soon(Func<bool> isSo)
    {
        try
        {
            await Eventually.HoldsAsync(() => Task.FromResult(isSo()), TimeSpan.FromSeconds(10));
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>One trace from the application's request over its grant and the calendar to the provider.</summary>
    private static bool IsWholeWayThere(Collector collector) => collector.SpansByTrace().Any(trace =>
        trace.Any(name => name.StartsWith("POST", StringComparison.Ordinal) && name.EndsWith("/events", StringComparison.Ordinal))
        && trace.Any(name => name.Contains("IGrantGrain/", StringComparison.Ordinal))
        && trace.Any(name => name.Contains("ICalendarGrain/", StringComparison.Ordinal))
        && trace.Any(name => name is "POST" or "PUT"));
}
