using System.Diagnostics.Metrics;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Sync;

/// <summary>What operators watch about keeping calendars equal.</summary>
internal sealed class SyncMeters : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "CalendarActors.Sync";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _pulls;
    private readonly Counter<long> _faults;
    private readonly Counter<long> _repairs;
    private readonly Counter<long> _hints;
    private readonly Counter<long> _untold;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _announced;
    private readonly Histogram<double> _announceLag;

    public SyncMeters()
    {
        _pulls = _meter.CreateCounter<long>("calendar.pulls", description: "Successful pulls.");
        _faults = _meter.CreateCounter<long>("calendar.faults", description: "Failed provider calls, by kind.");
        _repairs = _meter.CreateCounter<long>("calendar.repairs", description: "Differences that pulls had missed.");
        _hints = _meter.CreateCounter<long>("calendar.notifications", description: "Notifications of watches, by provider.");
        _untold = _meter.CreateCounter<long>(
            "calendar.notifications.lost", description: "Polls of watched calendars that found what no notification had told, by provider.");
        _lag = _meter.CreateHistogram<double>(
            "calendar.lag",
            unit: "s",
            description: "From a notification to its change being readable here, by provider.",
            tags: null,
            LagBuckets.Seconds);
        _writes = _meter.CreateCounter<long>("calendar.writes", description: "Writes that a provider took.");
        _rejections = _meter.CreateCounter<long>("calendar.rejections", description: "Writes that a provider refused for good.");
        _announced = _meter.CreateCounter<long>("feed.news", description: "What persons' feeds were told, by kind.");
        _announceLag = _meter.CreateHistogram<double>(
            "feed.lag",
            unit: "s",
            description: "From the first commit of what is told to the person's feed having it, by kind.",
            tags: null,
            LagBuckets.Seconds);
    }

    public void Pulled() => _pulls.Add(1);

    public void Failed(Domain.Providers.ProviderFaultKind kind) =>
        _faults.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    public void Repaired(long count) => _repairs.Add(count);

    public void Told(string provider) => _hints.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void NotTold(string provider) => _untold.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Lagged(string provider, double seconds) => _lag.Record(seconds, new KeyValuePair<string, object?>("provider", provider));

    public void Wrote() => _writes.Add(1);

    public void Rejected() => _rejections.Add(1);

    public void Announced(NewsKind kind, double seconds)
    {
        KeyValuePair<string, object?> tag = new("kind", kind.ToString());
        _announced.Add(1, tag);
        _announceLag.Record(seconds, tag);
    }

    public void Dispose() => _meter.Dispose();
}
