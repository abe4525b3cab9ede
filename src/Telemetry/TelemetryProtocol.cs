namespace CalendarActors.Telemetry;

/// <summary>How a collector is spoken to.</summary>
public enum TelemetryProtocol
{
    /// <summary>OTLP over gRPC, port 4317 by custom.</summary>
    Grpc,

    /// <summary>OTLP as protobuf over HTTP, port 4318 by custom.</summary>
    HttpProtobuf,
}
