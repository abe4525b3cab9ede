namespace CalendarActors.Grains.Tests;

public sealed class WorkLoopTests
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Kick_DuringARunThatEndsWithADueTime_IsNotPutOffUntilThen()
    {
        TestTimer timer = new();
        TaskCompletionSource<TimeSpan?> running = new();
        using WorkLoop loop = new(timer.Of, _ => running.Task);
        loop.Kick();
        Task run = timer.TickAsync();

        loop.Kick();
        running.SetResult(Later);
        await run;

        Assert.Equal(TimeSpan.Zero, timer.Due);

        // The kick is followed once.
        await timer.TickAsync();
        Assert.Equal(Later, timer.Due);
    }

    [Fact]
    public async Task Kick_DuringARunThatEndsWithoutADueTime_RunsOnceMore()
    {
        TestTimer timer = new();
        TaskCompletionSource<TimeSpan?> running = new();
        using WorkLoop loop = new(timer.Of, _ => running.Task);
        loop.Kick();
        Task run = timer.TickAsync();

        loop.Kick();
        running.SetResult(null);
        await run;
        Assert.Equal(TimeSpan.Zero, timer.Due);

        await timer.TickAsync();
        Assert.Null(timer.Due);
    }

    [Fact]
    public async Task Run_WhenTheNextIsDueWithinAMillisecond_DoesNotComeEarly()
    {
        TestTimer timer = new();
        using WorkLoop loop = new(timer.Of, _ => Task.FromResult<TimeSpan?>(TimeSpan.FromMilliseconds(4.0003)));
        loop.Kick();

        await timer.TickAsync();

        Assert.Equal(TimeSpan.FromMilliseconds(5), timer.Due);
    }

    [Fact]
    public async Task Run_WhenItFails_IsFollowedByAnother()
    {
        TestTimer timer = new();
        using WorkLoop loop = new(timer.Of, _ => Task.FromException<TimeSpan?>(new IOException()));
        loop.Kick();

        await Assert.ThrowsAsync<IOException>(timer.TickAsync);

        Assert.Equal(WorkLoop.AfterFailure, timer.Due);
    }

    /// <summary>A grain's timer that ticks when told.</summary>
    private sealed class TestTimer : IGrainTimer
    {
        private Func<CancellationToken, Task> _callback = null!;

        /// <summary>When it would tick; null for never.</summary>
        public TimeSpan? Due { get; private set; }

        public TestTimer Of(Func<CancellationToken, Task> callback)
        {
            (_callback, Due) = (callback, TimeSpan.Zero);
            return this;
        }

        public Task TickAsync()
        {
            Due = null;
            return _callback(CancellationToken.None);
        }

        public void Change(TimeSpan dueTime, TimeSpan period) => Due = dueTime;

        public void Dispose() => Due = null;
    }
}
