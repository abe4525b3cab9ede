using System.Collections.Immutable;

namespace CalendarActors.Simulators.Kit;

/// <summary>Every request so far, for tests that count calls and look at what runs at the same time.</summary>
public sealed class RequestLog
{
    private const int KeptAtMost = 50_000;

    private readonly Lock _lock = new();
    private readonly Queue<RequestRecord> _records = new();
    private readonly Dictionary<string, int> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _mostInFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _sequence;

    /// <summary>The finished requests, the oldest first; at most the newest 50,000.</summary>
    public ImmutableArray<RequestRecord> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _records.OrderBy(record => record.Sequence)];
            }
        }
    }

    /// <summary>Requests that arrived and have no end yet.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock)
            {
                return _inFlight.Values.Sum();
            }
        }
    }

    /// <summary>The most requests that any one caller had in flight.</summary>
    public int MostInFlightOfOneCaller
    {
        get
        {
            lock (_lock)
            {
                return _mostInFlight.Values.DefaultIfEmpty().Max();
            }
        }
    }

    /// <summary>Requests of a class that arrived since the start or the last <see cref="Clear"/>.</summary>
    public int Count(string requestClass)
    {
        lock (_lock)
        {
            return _counts.GetValueOrDefault(requestClass);
        }
    }

    /// <summary>The most requests that this caller had in flight.</summary>
    public int MostInFlight(string caller)
    {
        lock (_lock)
        {
            return _mostInFlight.GetValueOrDefault(caller);
        }
    }

    /// <summary>Forgets the finished requests.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
            _counts.Clear();
            _mostInFlight.Clear();
        }
    }

    internal (long Sequence, int InFlight) Arrive(string requestClass, string? caller)
    {
        string key = caller ?? "";
        lock (_lock)
        {
            _counts[requestClass] = _counts.GetValueOrDefault(requestClass) + 1;
            int inFlight = _inFlight[key] = _inFlight.GetValueOrDefault(key) + 1;
            _mostInFlight[key] = Math.Max(inFlight, _mostInFlight.GetValueOrDefault(key));
            return (++_sequence, inFlight);
        }
    }

    internal void Finish(RequestRecord record)
    {
        lock (_lock)
        {
            _inFlight[record.Caller ?? ""]--;
            _records.Enqueue(record);
            if (_records.Count > KeptAtMost)
            {
                _records.Dequeue();
            }
        }
    }
}
