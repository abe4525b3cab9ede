using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Grains.Tests.Cluster;

/// <summary>A clock that moves only when told, and never keeps those who count in whole milliseconds.</summary>
/// <remarks>
/// Orleans waits for an instant by delays that are cut to milliseconds, until it is there. Where less than one is missing it
/// asks for the time again and again, and on a clock that stands still it would do so for ever.
/// </remarks>
public sealed class VirtualTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>Nobody asks so often for the time at one instant and means it.</summary>
    public const int Patience = 200_000;

    private long _instant;
    private int _reads;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        DateTimeOffset now = base.GetUtcNow();
        if (Interlocked.Exchange(ref _instant, now.Ticks) != now.Ticks)
        {
            Volatile.Write(ref _reads, 0);
        }

        return Interlocked.Increment(ref _reads) < Patience ? now : now.AddMilliseconds(1);
    }
}
