using System.Diagnostics;
using System.Reflection;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CalendarActors.Telemetry;

/// <summary>Metrics, traces and logs of a process, sent to a collector by OTLP.</summary>
public static class TelemetryExtensions
{
    /// <summary>Our own meters and sources, all of them.</summary>
    private const string Own = "CalendarActors.*";

    private static readonly string[] Meters =
    [
        Own, "Microsoft.Orleans", "Npgsql", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private static readonly string[] Sources = [Own, "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Npgsql"];

    /// <summary>Exports what this process measures, once an endpoint is configured.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="role"><c>silo</c>, <c>gateway</c> or <c>standalone</c>: <c>service.name</c> is <c>calendaractors-</c> and that.</param>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string role)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCheckedOptions<TelemetryOptions>(builder.Configuration, TelemetryOptions.Section, o => o.Problems());
        TelemetryOptions options = builder.Configuration.ReadOptions<TelemetryOptions>(TelemetryOptions.Section);
        if (options.Endpoint.Length == 0 || options.Problems().Any())
        {
            return builder;
        }

        string version = typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService($"calendaractors-{role}", serviceVersion: version))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter(o => Send(o, options, "metrics")))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TracePercent / 100.0)))
                .AddSource(Sources)
                .AddAspNetCoreInstrumentation(o => o.EnrichWithHttpResponse = NameByRoute)
                .AddHttpClientInstrumentation(o => o.EnrichWithHttpRequestMessage = NameByHost)
                .AddOtlpExporter(o => Send(o, options, "traces")));
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.AddOtlpExporter(o => Send(o, options, "logs"));
        });
        return builder;
    }

    private static void Send(OtlpExporterOptions exporter, TelemetryOptions options, string signal)
    {
        bool isHttp = options.Protocol is TelemetryProtocol.HttpProtobuf;
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(isHttp ? $"{options.Endpoint.TrimEnd('/')}/v1/{signal}" : options.Endpoint);
    }

    /// <summary>A path can be a secret: the link to an attachment, the link by which a person logs in again.</summary>
    private static void NameByRoute(Activity activity, HttpResponse response) => activity.SetTag(
        "url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "");

    /// <summary>A provider's paths name calendars, which are mail addresses at some.</summary>
    private static void NameByHost(Activity activity, HttpRequestMessage request) => activity.SetTag(
        "url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority));
}
