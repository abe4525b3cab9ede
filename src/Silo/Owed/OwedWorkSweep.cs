using CalendarActors.Grains.Interfaces.Owed;
using CalendarActors.Grains.Owed;

namespace CalendarActors.Silo.Owed;

/// <summary>Wakes grains whose owed work rests, so that a dead silo's work goes on within a minute.</summary>
/// <remarks>
/// Each silo sweeps; a taken row rests again before another silo takes it. A grain that is told for nothing answers at once.
/// </remarks>
internal sealed partial class OwedWorkSweep(
    IOwedWork owedWork,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<OwedWorkSweep> logger) : BackgroundService
{
    /// <summary>Between two sweeps.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    /// <summary>A row that was touched more recently is its grain's own business.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private const int Page = 200;
    private const int AtOnce = 16;

    /// <summary>State name to grain type; tests sweep their own.</summary>
    internal IReadOnlyDictionary<string, string> States { get; init; } = OwedStates.GrainTypes;

    /// <summary>One sweep over every owed state, page by page until none is due.</summary>
    /// <returns>How many grains were woken.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        int woken = 0;
        foreach ((string stateName, string grainType) in States)
        {
            IReadOnlyList<OwedRow> rows;
            do
            {
                rows = await owedWork.TakeAsync(stateName, Rest, Page, cancellationToken);
                await Parallel.ForEachAsync(
                    rows,
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                    async (row, token) => await WakeAsync(grainType, row, token));
                woken += rows.Count;
            }
            while (rows.Count == Page);
        }

        return woken;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration ready = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await Task.WhenAny(started.Task, Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken));
        if (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                int woken = await SweepAsync(stoppingToken);
                if (woken > 0)
                {
                    LogWoken(woken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The next sweep tries again: the rows are still there.
                LogSweepFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async ValueTask WakeAsync(string grainType, OwedRow row, CancellationToken cancellationToken)
    {
        try
        {
            await grains.GetGrain<IOwesWork>(GrainId.Create(grainType, row.GrainKey)).Wake(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogWakeFailed(fault, row.StateName, row.GrainKey);
        }
    }
}
