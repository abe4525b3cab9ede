using System.Diagnostics;

namespace CalendarActors.Grains;

/// <summary>A grain's work outside its turns: a timer that interleaves, one run at a time, ended with the activation.</summary>
/// <remarks>
/// A run is traced within the call that kicked it first, and the calls that it makes within the run: from a provider's
/// notification to the application's being called is one trace. A run that was merely due is a trace of its own.
/// </remarks>
/// <param name="register">Makes the timer, due at once.</param>
/// <param name="run">Works until nothing is due; says when to run again, null for not before it is kicked.</param>
/// <param name="id">Whose work it is, for traces.</param>
internal sealed class WorkLoop(
    Func<Func<CancellationToken, Task>, IGrainTimer> register, Func<CancellationToken, Task<TimeSpan?>> run, GrainId id = default)
    : IDisposable
{
    /// <summary>The name of the source of traces.</summary>
    public const string Traces = "CalendarActors.Work";

    private static readonly ActivitySource Source = new(Traces);

    /// <summary>Of a grain.</summary>
    /// <param name="grain">Whose work it is.</param>
    /// <param name="keepAlive">True when each run prolongs the activation's life: one that runs more often than idle ones are collected stays.</param>
    /// <param name="run">As above.</param>
    public WorkLoop(IGrainBase grain, bool keepAlive, Func<CancellationToken, Task<TimeSpan?>> run)
        : this(
            callback => grain.RegisterGrainTimer(
                callback,
                new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = keepAlive }),
            run,
            grain.GrainContext.GrainId)
    {
    }

    /// <summary>A run that failed is followed by another after this.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private IGrainTimer? _timer;
    private Task _running = Task.CompletedTask;
    private bool _isKicked;
    private ActivityContext _cause;
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs soon: at once, or once more after the run that is going on.</summary>
    public void Kick()
    {
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        _isKicked = true;
        _cause = _cause == default ? Activity.Current?.Context ?? default : _cause;
        if (_timer is null)
        {
            _timer = register(RunAsync);
        }
        else
        {
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Runs soon and waits for the end of a run that began after this, but not for longer than it has patience.</summary>
    public async Task KickAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        Task ended = _ended.Task;
        Kick();
        await Task.WhenAny(ended, Task.Delay(patience, TimeProvider.System, cancellationToken));
    }

    /// <summary>Cancels the run that is going on and waits for its end.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        _timer?.Dispose();
        await Task.WhenAny(_running, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose() => _ending.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        TaskCompletionSource ended = _ended;
        _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _isKicked = false;
        using Activity? activity = Trace();
        try
        {
            Task<TimeSpan?> running = run(either.Token);
            _running = running;

            // A kick counts although the run did not know of it, and whenever it would run again.
            TimeSpan? next = await running;
            next = _isKicked ? TimeSpan.Zero : next;
            if (next is { } due && !either.IsCancellationRequested)
            {
                // Timers count whole milliseconds and drop the rest: a run that came early would only be run again.
                _timer?.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The activation ends.
        }
        catch
        {
            // The timer's log has it. Nobody else would run again what is owed.
            _timer?.Change(AfterFailure, Timeout.InfiniteTimeSpan);
            throw;
        }
        finally
        {
            ended.TrySetResult();
        }
    }

    private Activity? Trace()
    {
        // The timer's own context is that of whoever made it, long ago.
        Activity.Current = null;
        Activity? activity = Source.StartActivity(id.IsDefault ? "work" : $"{id.Type} work", ActivityKind.Internal, _cause);
        activity?.SetTag("grain.id", id.ToString());
        _cause = default;
        return activity;
    }
}
