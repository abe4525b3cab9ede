using NodaTime;

namespace CalendarActors.Domain.Applications;

/// <summary>What one application may still call: so many requests in each second and in any 60 seconds.</summary>
/// <remarks>
/// Counts permits by the second in which they were given out. A gateway takes some, uses them within a second, and gives
/// the rest back with its next taking, so that the minute is not charged for what was not used.
/// </remarks>
/// <param name="perSecond">0 for no limit.</param>
/// <param name="perMinute">0 for no limit.</param>
public sealed class RateBudget(int perSecond, int perMinute)
{
    private const int Window = 60;
    private const int Unlimited = 1_000_000;
    private readonly int[] _given = new int[Window];
    private long _second;

    /// <summary>Takes permits.</summary>
    /// <param name="now">When; never earlier than before, or it counts as the time before.</param>
    /// <param name="wanted">How many, at least 1.</param>
    /// <param name="unused">How many of the permits taken before were not used.</param>
    /// <returns>
    /// How many were given, 0 to <paramref name="wanted"/>, and when there may be more: seconds, at least 1 when none was
    /// given, else 0.
    /// </returns>
    public (int Given, int RetryAfterSeconds) Take(Instant now, int wanted, int unused)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        Advance(now.ToUnixTimeSeconds());
        GiveBack(unused);
        int inSecond = perSecond == 0 ? Unlimited : Math.Max(0, perSecond - _given[Slot(_second)]);
        int inMinute = perMinute == 0 ? Unlimited : Math.Max(0, perMinute - _given.Sum());
        int given = Math.Min(wanted, Math.Min(inSecond, inMinute));
        _given[Slot(_second)] += given;
        return (given, given > 0 ? 0 : inMinute == 0 ? SecondsUntilSomethingLeaves() : 1);
    }

    private static int Slot(long second) => (int)(second % Window);

    private void Advance(long second)
    {
        if (second - _second >= Window)
        {
            Array.Clear(_given);
            _second = second;
        }

        while (_second < second)
        {
            _second++;
            _given[Slot(_second)] = 0;
        }
    }

    /// <summary>From the latest seconds backwards, because they were given out last.</summary>
    private void GiveBack(int unused)
    {
        for (int age = 0; age < Window && unused > 0; age++)
        {
            int slot = Slot(_second - age + Window);
            int back = Math.Min(unused, _given[slot]);
            _given[slot] -= back;
            unused -= back;
        }
    }

    private int SecondsUntilSomethingLeaves()
    {
        for (int age = Window - 1; age > 0; age--)
        {
            if (_given[Slot(_second - age + Window)] > 0)
            {
                return Window - age;
            }
        }

        return Window;
    }
}
