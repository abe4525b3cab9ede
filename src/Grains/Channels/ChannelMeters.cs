using System.Diagnostics;
using System.Diagnostics.Metrics;
using CalendarActors.Domain.Channels;

namespace CalendarActors.Grains.Channels;

/// <summary>What operators watch about telling applications.</summary>
internal sealed class ChannelMeters : IDisposable
{
    /// <summary>The name of the meter and of the source of traces.</summary>
    public const string Name = "CalendarActors.Channels";

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _closed;
    private readonly Histogram<double> _lag;
    private readonly UpDownCounter<long> _backlog;

    public ChannelMeters()
    {
        _attempts = _meter.CreateCounter<long>("channel.attempts", description: "Calls of callbacks, by outcome.");
        _closed = _meter.CreateCounter<long>("channel.closed", description: "Channels that closed by themselves, by reason.");
        _lag = _meter.CreateHistogram<double>(
            "channel.lag",
            unit: "s",
            description: "From a change's commit to its notification being taken.",
            tags: null,
            LagBuckets.Seconds);
        _backlog = _meter.CreateUpDownCounter<long>(
            "channel.backlog", description: "Notifications that wait, the one that is being tried included, of channels in memory.");
    }

    /// <summary>A trace of one attempt: within the channel's work, and what kicked that.</summary>
    public static Activity? Attempt(string channelId, Delivery delivery)
    {
        Activity? activity = Source.StartActivity("channel.deliver", ActivityKind.Client);
        activity?.SetTag("channel.id", channelId);
        activity?.SetTag("delivery.id", delivery.IdFor(channelId));
        activity?.SetTag("delivery.kind", delivery.Kind.ToString());
        activity?.SetTag("delivery.attempt", delivery.Attempts + 1);
        return activity;
    }

    public void Attempted(CallbackOutcome outcome) =>
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));

    public void Closed(CloseReason reason) => _closed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Lagged(double seconds) => _lag.Record(seconds);

    public void Waiting(int more)
    {
        if (more != 0)
        {
            _backlog.Add(more);
        }
    }

    public void Dispose() => _meter.Dispose();
}
