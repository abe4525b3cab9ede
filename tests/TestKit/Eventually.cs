namespace CalendarActors.TestKit;

/// <summary>Waits for what a real process, server or database brings about; everything else is tested with a given time.</summary>
public static class Eventually
{
    /// <summary>How long it may take on a busy machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? deadline = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (deadline ?? Deadline))
            {
                throw new TimeoutException("What the test waits for did not come about.");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
