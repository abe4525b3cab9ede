namespace CalendarActors.Bench;

/// <summary>Waits until a server has nothing left to do.</summary>
internal static class Quiet
{
    /// <summary>Returns when it used less than 5 % of a core over a second, twice in a row.</summary>
    public static async Task WaitAsync(MeasuredProcess process)
    {
        for (int calm = 0, second = 0; calm < 2 && second < 120; second++)
        {
            TimeSpan before = process.ProcessorTime;
            await Task.Delay(TimeSpan.FromSeconds(1));
            calm = process.ProcessorTime - before < TimeSpan.FromMilliseconds(50) ? calm + 1 : 0;
        }
    }
}
