using System.Diagnostics.Metrics;
using CalendarActors.Domain.Channels;

namespace CalendarActors.Grains.Triggers;

/// <summary>What operators watch about calls about events.</summary>
internal sealed class TriggerMeters : IDisposable
{
    private readonly Meter _meter = new("CalendarActors.Triggers");
    private readonly Counter<long> _fired;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _dropped;

    public TriggerMeters()
    {
        _fired = _meter.CreateCounter<long>("trigger.fired", description: "Transitions whose time came.");
        _attempts = _meter.CreateCounter<long>("trigger.attempts", description: "Calls of callbacks, by outcome.");
        _dropped = _meter.CreateCounter<long>("trigger.dropped", description: "Calls that were not taken and are not tried again, by reason.");
    }

    public void Fired(int count) => _fired.Add(count);

    public void Attempted(CallbackOutcome outcome) =>
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
