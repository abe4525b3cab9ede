using System.Net;
using Microsoft.AspNetCore.Http;

namespace CalendarActors.Simulators.Kit;

/// <summary>What a provider tells its host.</summary>
public sealed class SimulatorHostOptions
{
    /// <summary>Where it listens; the loopback address by default.</summary>
    public IPAddress ListensAt { get; init; } = IPAddress.Loopback;

    /// <summary>The port there; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where others reach it, ending in a slash; null (the default) is where it listens.</summary>
    public Uri? Address { get; init; }

    /// <summary>The simulator's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How far the <c>Date</c> header is ahead of the clock; negative is behind.</summary>
    public Func<TimeSpan> DateSkew { get; init; } = static () => TimeSpan.Zero;

    /// <summary>What goes wrong.</summary>
    public required FaultScript Faults { get; init; }

    /// <summary>Where requests are written down.</summary>
    public required RequestLog Requests { get; init; }

    /// <summary>Names the class of a request, such as <c>listing</c> or <c>token</c>.</summary>
    public required Func<HttpRequest, string> Classify { get; init; }

    /// <summary>On whose behalf a request comes; null when it cannot be told.</summary>
    public Func<HttpRequest, string?> Caller { get; init; } = static _ => null;

    /// <summary>Classes whose bodies hold secrets and are not kept in the log.</summary>
    public IReadOnlySet<string> SecretClasses { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Answers a request; the fault that hit it is at <see cref="SimulatorHost.FaultOf"/>.</summary>
    public required RequestDelegate Answer { get; init; }

    /// <summary>Writes the provider's error body for a <see cref="FaultKind.Status"/>; the status and Retry-After are set.</summary>
    public required Func<HttpContext, Fault, Task> AnswerFault { get; init; }
}
