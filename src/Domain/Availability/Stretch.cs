using NodaTime;

namespace CalendarActors.Domain.Availability;

/// <summary>A stretch of time in whole seconds.</summary>
/// <param name="Start">Inclusive; seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="End">Exclusive; likewise. At or before <paramref name="Start"/> it has no moment.</param>
public readonly record struct Stretch(long Start, long End)
{
    /// <summary>True when there is no moment in it.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>The stretch that covers a range: a fraction of a second counts as all of it.</summary>
    /// <param name="start">Inclusive.</param>
    /// <param name="end">Exclusive.</param>
    public static Stretch Covering(Instant start, Instant end)
    {
        long last = end.ToUnixTimeSeconds();
        return new Stretch(start.ToUnixTimeSeconds(), Instant.FromUnixTimeSeconds(last) < end ? last + 1 : last);
    }
}
