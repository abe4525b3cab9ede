namespace CalendarActors.TestKit;

/// <summary>Waits for what a real process, server or database brings about; everything else is tested with a given time.</summary>
public static class Eventually
{
    /// <summary>How long it may take on a busy machine; work that failed there once is tried again after half a minute.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="condition">The question.</param>
    /// <param name="deadline">How long; <see cref="Deadline"/> when null.</param>
    /// <param name="otherwise">What there was instead, for whoever reads the failure.</param>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? deadline = null, Func<string>? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (deadline ?? Deadline))
            {
                throw new TimeoutException($"What the test waits for did not come about. {otherwise?.Invoke()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }
}
