using System.Reflection;
using CalendarActors.Grains.Interfaces.Hosting;

namespace CalendarActors.Gateway.Hosting;

/// <summary>
/// Calls again, within a deadline, when a silo was lost with the call or with its answer. The grain is somewhere else by then;
/// callers see a slower answer instead of a 503.
/// </summary>
internal sealed class RepeatedCalls(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>No call begins later than this after the first.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.InterfaceMethod?.IsDefined(typeof(RepeatableAttribute)) != true)
        {
            await context.Invoke();
            return;
        }

        long began = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks)))
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception loss) when (
                loss is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException
                && time.GetElapsedTime(began) + pause < Deadline)
            {
                await Task.Delay(pause, time);
            }
        }
    }
}
