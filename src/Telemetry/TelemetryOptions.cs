namespace CalendarActors.Telemetry;

/// <summary>Where metrics, traces and logs go, from configuration section <c>CalendarActors:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "CalendarActors:Telemetry";

    /// <summary>
    /// The OTLP collector, such as <c>http://collector:4317</c>: absolute http or https. None, the default, exports nothing and
    /// costs nothing.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary>gRPC by default.</summary>
    public TelemetryProtocol Protocol { get; set; } = TelemetryProtocol.Grpc;

    /// <summary>How many of a hundred traces are kept, 0 to 100, where the caller did not decide it. Default 10.</summary>
    public int TracePercent { get; set; } = 10;

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (Endpoint.Length > 0
            && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")))
        {
            yield return $"{Section}:Endpoint is not an absolute http or https URL. Set CalendarActors__Telemetry__Endpoint to your "
                + "collector's, for example http://collector:4317, or to nothing.";
        }

        if (TracePercent is < 0 or > 100)
        {
            yield return $"{Section}:TracePercent is {TracePercent}. Set CalendarActors__Telemetry__TracePercent to 0 to 100.";
        }
    }
}
