using System.Diagnostics.Metrics;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Whether this process has work that waits, whatever else the machine does.</summary>
internal sealed class Workload : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private long _requests;
    private Task _rest = Task.CompletedTask;
    private int _quiet;

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

    /// <summary>Waits until there is nothing to do, some looks in a row, or for 500 of them.</summary>
    /// <param name="isOtherDone">Whether others have nothing to do either.</param>
    /// <param name="quietPolls">How many in a row.</param>
    /// <remarks>Whoever comes while another waits waits with it: two that look side by side are work to each other.</remarks>
    public Task RestAsync(Func<bool> isOtherDone, int quietPolls)
    {
        lock (_gate)
        {
            _quiet = 0;
            return _rest.IsCompleted ? _rest = LookAsync(isOtherDone, quietPolls) : _rest;
        }
    }

    private async Task LookAsync(Func<bool> isOtherDone, int quietPolls)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        for (int i = 0; i < 500; i++)
        {
            await look.WaitForNextTickAsync();
            bool isQuiet = isOtherDone() && IsDone;
            lock (_gate)
            {
                _quiet = isQuiet ? _quiet + 1 : 0;
                if (_quiet >= quietPolls && !IsAnotherThreadBusy())
                {
                    _rest = Task.CompletedTask;
                    return;
                }
            }
        }
    }

    // No request of ours waits for its answer, and no work for a thread.
    private bool IsDone => Volatile.Read(ref _requests) <= 0 && ThreadPool.PendingWorkItemCount == 0;

    // Work that a thread has taken counts nowhere; on a starved machine that thread may have to wait for long.
    private static bool IsAnotherThreadBusy()
    {
        int busy = 0;
        foreach (string thread in System.IO.Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                string stat = File.ReadAllText(Path.Combine(thread, "stat"));
                busy += stat[stat.LastIndexOf(')') + 2] is 'R' or 'D' ? 1 : 0;
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return busy > 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
