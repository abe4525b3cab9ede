using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A calendar's identity and health, as stored: small, written often.</summary>
[GenerateSerializer, Immutable, Alias("calendar-meta-state")]
internal sealed record CalendarMetaState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>What it was connected with; null before.</summary>
    [Id(1)]
    public ConnectCalendar? Connected { get; init; }

    /// <summary>True while the login does not work.</summary>
    [Id(2)]
    public bool IsSuspended { get; init; }

    /// <summary>When the last successful pull began, give or take the interval at which it is written.</summary>
    [Id(3)]
    public Instant? LastSynced { get; init; }

    /// <summary>When the last slow reconciliation began.</summary>
    [Id(4)]
    public Instant? LastReconciled { get; init; }

    /// <summary>Differences found by slow reconciliations.</summary>
    [Id(5)]
    public long Repairs { get; init; }

    /// <summary>True once the connection knows that the first pull succeeded.</summary>
    [Id(6)]
    public bool IsFirstPullReported { get; init; }

    /// <summary>A cursor newer than the schedule's; counts only for that version of the schedule.</summary>
    [Id(7)]
    public string? Cursor { get; init; }

    /// <summary>The schedule's version that <see cref="Cursor"/> belongs to; null when the schedule's own counts.</summary>
    [Id(8)]
    public long? CursorFor { get; init; }

    /// <summary>The kind of the last fault; null after a success.</summary>
    [Id(9)]
    public ProviderFaultKind? FaultKind { get; init; }

    /// <summary>Faults in a row.</summary>
    [Id(10)]
    public int FaultCount { get; init; }

    /// <summary>No call before then.</summary>
    [Id(11)]
    public Instant? NotBefore { get; init; }

    /// <summary>For an operator.</summary>
    [Id(12)]
    public string? FaultDetail { get; init; }

    /// <summary>Writes that the provider refused for good, since connecting.</summary>
    [Id(13)]
    public long Rejections { get; init; }

    /// <summary>What listens to the provider, oldest first; empty for a polled calendar.</summary>
    [Id(14)]
    public ImmutableArray<WatchState> Watches { get; init; } = [];

    /// <summary>Failed attempts to start or renew a watch, in a row.</summary>
    [Id(15)]
    public int WatchFailures { get; init; }

    /// <summary>No attempt before then.</summary>
    [Id(16)]
    public Instant? WatchNotBefore { get; init; }

    /// <summary>The minutes between its reminder's ticks; 0 when it was registered before that was noted.</summary>
    [Id(17)]
    public int WakeMinutes { get; init; }

    /// <summary>The fault as a value; null after a success.</summary>
    public FaultRecord? Fault => FaultKind is { } kind
        ? new FaultRecord(kind, FaultCount, NotBefore ?? NodaConstants.UnixEpoch, FaultDetail ?? "")
        : null;

    /// <summary>How it is watched, as a value.</summary>
    public WatchRecord Watch => new(Watches, WatchFailures, WatchNotBefore);

    /// <summary>The same, watched otherwise.</summary>
    public CalendarMetaState With(WatchRecord watch) => this with
    {
        Watches = watch.Held,
        WatchFailures = watch.Failures,
        WatchNotBefore = watch.NotBefore,
    };

    /// <summary>The same with a fault, or without.</summary>
    public CalendarMetaState With(FaultRecord? fault) => this with
    {
        FaultKind = fault?.Kind,
        FaultCount = fault?.Count ?? 0,
        NotBefore = fault?.NotBefore,
        FaultDetail = fault?.Detail,
    };
}
