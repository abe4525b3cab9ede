using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>A channel's finished deliveries, oldest first: bounded in number and age.</summary>
public static class DeliveryLog
{
    /// <summary>The log with one more, without what is too much or too old.</summary>
    /// <remarks>
    /// What lay here to be fetched and goes is not lost while something of its kind follows: that then tells from the same
    /// instant on.
    /// </remarks>
    /// <param name="log">Oldest first.</param>
    /// <param name="delivery">The newest.</param>
    /// <param name="most">How many to keep, 1 or more.</param>
    /// <param name="longest">How long to keep them.</param>
    /// <param name="now">The clock.</param>
    public static ImmutableArray<Delivery> With(
        ImmutableArray<Delivery> log, Delivery delivery, int most, Duration longest, Instant now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ImmutableArray<Delivery> all = log.Add(delivery);
        int gone = Math.Max(0, all.Length - most);
        while (gone < all.Length - 1 && all[gone].Created < now - longest)
        {
            gone++;
        }

        if (gone == 0)
        {
            return all;
        }

        ImmutableArray<Delivery> kept = all[gone..];
        foreach (Delivery old in all[..gone].Where(d => d.Progress == DeliveryProgress.Unpushed))
        {
            if (kept.FirstOrDefault(d => d.Kind == old.Kind && d.Progress == DeliveryProgress.Unpushed) is { } heir)
            {
                kept = kept.Replace(heir, heir with { Since = Notice.Earliest(heir.Since, old.Since) });
            }
        }

        return kept;
    }

    /// <summary>What tells again everything from a delivery on.</summary>
    /// <param name="log">Oldest first.</param>
    /// <param name="from">A sequence that is kept.</param>
    /// <returns>At most one notice of each kind; empty when nothing is as new.</returns>
    public static IReadOnlyList<Notice> From(ImmutableArray<Delivery> log, long from)
    {
        IReadOnlyList<Notice> notices = [];
        foreach (Delivery delivery in log.Where(d => d.Sequence >= from))
        {
            notices = Notice.Waiting(notices, new Notice(delivery.Kind, delivery.Since, delivery.Through));
        }

        return notices;
    }
}
