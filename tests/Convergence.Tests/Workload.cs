using System.Diagnostics.Metrics;

namespace CalendarActors.Convergence.Tests;

/// <summary>Whether this process has work that waits, whatever else the machine does.</summary>
internal sealed class Workload : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _requests;

    public Workload()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.client.active_requests")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _requests, change));
        _listener.Start();
    }

    /// <summary>No request of ours waits for its answer, and no work for a thread.</summary>
    public bool IsDone => Volatile.Read(ref _requests) <= 0 && ThreadPool.PendingWorkItemCount == 0;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
