using NodaTime;

namespace CalendarActors.Grains.Channels;

/// <summary>What channels keep, from configuration section <c>CalendarActors:Channels</c>.</summary>
public sealed class ChannelOptions
{
    /// <summary>Where it is bound from.</summary>
    public const string Section = "CalendarActors:Channels";

    /// <summary>Finished deliveries that a channel keeps; 1 to 1,000, default 100.</summary>
    public int DeliveriesKept { get; set; } = 100;

    /// <summary>
    /// How long a channel keeps a finished delivery, unless it is the newest; 3 days (for so long one is tried) to 90 days,
    /// default 7 days.
    /// </summary>
    public TimeSpan DeliveriesKeptFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary><see cref="DeliveriesKeptFor"/>.</summary>
    internal Duration Longest => Duration.FromTimeSpan(DeliveriesKeptFor);

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (DeliveriesKept is < 1 or > 1_000)
        {
            yield return $"{Section}:DeliveriesKept is {DeliveriesKept}. Set CalendarActors__Channels__DeliveriesKept to 1 to 1000.";
        }

        if (DeliveriesKeptFor < TimeSpan.FromDays(3) || DeliveriesKeptFor > TimeSpan.FromDays(90))
        {
            yield return $"{Section}:DeliveriesKeptFor is {DeliveriesKeptFor}. Set CalendarActors__Channels__DeliveriesKeptFor to "
                + "3.00:00:00 to 90.00:00:00.";
        }
    }
}
