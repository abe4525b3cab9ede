using System.Diagnostics.Metrics;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>Whether this process has work that waits, whatever else the machine does.</summary>
internal sealed class Workload : IDisposable
{
    // However many threads want the processors, each has had a turn after so many looks.
    private const int TurnsOfThreads = 20;

    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly ManualResetEvent _never = new(initialState: false);
    private readonly bool _isAlone;
    private long _requests;
    private Task _rest = Task.CompletedTask;
    private int _quiet;

    /// <summary>Listens from now on.</summary>
    /// <param name="isAlone">True where no tests run side by side: then what threads do at the moment counts, too.</param>
    public Workload(bool isAlone)
    {
        _isAlone = isAlone;
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
            return _rest.IsCompleted
                ? _rest = Task.Factory.StartNew(
                    () => Look(isOtherDone, quietPolls), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : _rest;
        }
    }

    // On a thread of its own, so that looking is no work for those that are looked at.
    private void Look(Func<bool> isOtherDone, int quietPolls)
    {
        for (int i = 0; i < 500; i++)
        {
            _never.WaitOne(1);
            bool isQuiet = isOtherDone() && IsDone;
            lock (_gate)
            {
                _quiet = isQuiet ? _quiet + 1 : 0;
                if (_quiet >= quietPolls && (!_isAlone || _quiet >= quietPolls + TurnsOfThreads || !IsThreadAtWork()))
                {
                    _rest = Task.CompletedTask;
                    return;
                }
            }
        }
    }

    // No request of ours waits for its answer, and no work for a thread.
    private bool IsDone => Volatile.Read(ref _requests) <= 0 && ThreadPool.PendingWorkItemCount == 0;

    // Work that a thread has taken is counted nowhere else. On a starved machine it may have to wait there, being compiled, say.
    private static bool IsThreadAtWork()
    {
        foreach (string thread in System.IO.Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                string stat = File.ReadAllText(Path.Combine(thread, "stat"));
                int end = stat.LastIndexOf(')');
                if (stat.AsSpan(0, end).EndsWith(".NET TP Worker") && stat[end + 2] is 'R' or 'D')
                {
                    return true;
                }
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _never.Dispose();
    }
}
