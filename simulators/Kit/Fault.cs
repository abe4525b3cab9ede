namespace CalendarActors.Simulators.Kit;

/// <summary>One thing that goes wrong with one request.</summary>
public sealed record Fault
{
    /// <summary>Nothing goes wrong.</summary>
    public static Fault None { get; } = new();

    /// <summary>The connection is reset before the request is looked at.</summary>
    public static Fault ResetBefore { get; } = new() { Kind = FaultKind.ResetBefore };

    /// <summary>The request is applied and its answer lost.</summary>
    public static Fault LoseAnswer { get; } = new() { Kind = FaultKind.LoseAnswer };

    /// <summary>The request is applied and its answer cut in the middle.</summary>
    public static Fault CutAnswer { get; } = new() { Kind = FaultKind.CutAnswer };

    /// <summary>No answer until the client gives up.</summary>
    public static Fault Hang { get; } = new() { Kind = FaultKind.Hang };

    /// <summary>What kind.</summary>
    public FaultKind Kind { get; private init; }

    /// <summary>The status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; private init; }

    /// <summary>The provider's reason, such as <c>rateLimitExceeded</c>; null leaves it to the provider.</summary>
    public string? Reason { get; private init; }

    /// <summary>What <c>Retry-After</c> says; null leaves the header out.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary><c>Retry-After</c> as an HTTP date instead of seconds.</summary>
    public bool RetryAfterIsDate { get; private init; }

    /// <summary>How late a slow answer is.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>Name of the provider's own fault.</summary>
    public string? Seam { get; private init; }

    /// <summary>An error status; the body is the provider's.</summary>
    public static Fault Answer(int status, TimeSpan? retryAfter = null, string? reason = null, bool retryAfterIsDate = false) =>
        new()
        {
            Kind = FaultKind.Status,
            Status = status,
            RetryAfter = retryAfter,
            Reason = reason,
            RetryAfterIsDate = retryAfterIsDate,
        };

    /// <summary>An answer that is late by the simulator's clock.</summary>
    public static Fault Slow(TimeSpan delay) => new() { Kind = FaultKind.Slow, Delay = delay };

    /// <summary>An answer whose second half is late by the simulator's clock.</summary>
    public static Fault SlowBody(TimeSpan delay) => new() { Kind = FaultKind.SlowBody, Delay = delay };

    /// <summary>One of the provider's own faults; it lists their names.</summary>
    public static Fault OfProvider(string seam) => new() { Kind = FaultKind.Seam, Seam = seam };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        FaultKind.Status => $"{Status} {Reason}".TrimEnd(),
        FaultKind.Seam => Seam ?? "",
        FaultKind.Slow or FaultKind.SlowBody => $"{Kind} {Delay}",
        _ => Kind.ToString(),
    };
}
