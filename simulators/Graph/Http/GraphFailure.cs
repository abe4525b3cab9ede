namespace CalendarActors.Simulators.Graph.Http;

/// <summary>An answer that is Graph's error; ends the work on a request.</summary>
internal sealed class GraphFailure(int status, string code, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>Graph's code.</summary>
    public string Code => code;

    /// <summary><c>Location</c>; null without one.</summary>
    public string? Location { get; init; }

    /// <summary>Seconds in <c>Retry-After</c>; null without one.</summary>
    public int? RetryAfter { get; init; }

    public static GraphFailure Invalid(string message) => new(400, "ErrorInvalidRequest", message);

    public static GraphFailure NotFound() =>
        new(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}
