namespace CalendarActors.Domain.Availability;

/// <summary>Time between two meetings of a sequence.</summary>
/// <param name="Minimum">Seconds, at least so many.</param>
/// <param name="Maximum">Seconds, at most so many; null for no bound.</param>
public readonly record struct Gap(int Minimum, int? Maximum)
{
    /// <summary>Any time at all.</summary>
    public static Gap Any => default;

    /// <summary>What keeps both.</summary>
    public Gap And(Gap other) => new(
        Math.Max(Minimum, other.Minimum),
        Maximum is { } one && other.Maximum is { } two ? Math.Min(one, two) : Maximum ?? other.Maximum);
}
