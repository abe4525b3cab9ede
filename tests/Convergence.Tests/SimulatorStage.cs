using CalendarActors.Simulators.Kit;

namespace CalendarActors.Convergence.Tests;

/// <summary>A simulated provider: one that tells of changes, and keeps a log of what it was asked.</summary>
public abstract class SimulatorStage : Stage
{
    /// <summary>What goes wrong.</summary>
    public abstract FaultScript Faults { get; }

    /// <summary>What becomes of notifications.</summary>
    public abstract NotificationScript Notifications { get; }

    /// <summary>Every request so far.</summary>
    public abstract RequestLog Requests { get; }

    /// <summary>How often a watch began for what had been watched before and was not just then.</summary>
    public abstract int WatchLapses { get; }

    /// <summary>How long a watch lives at most, where that is an hour rather than days; null otherwise.</summary>
    public virtual TimeSpan? WatchLife => null;

    public override int InFlight => Requests.InFlight;

    public override void Calm()
    {
        Faults.Clear();
        Notifications.Clear();
    }

    /// <summary>Lines of a script about what somebody's programs asked.</summary>
    private protected IEnumerable<(DateTimeOffset At, string Text)> AskedBy(string caller) => Requests.All
        .Where(r => r.Caller == caller)
        .Select(r => (r.At, $"{r.Method} {r.Path}{r.Query}: {r.Status} {r.Fault.Kind} {r.Body}"));
}
