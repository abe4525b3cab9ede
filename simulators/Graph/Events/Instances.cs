using CalendarActors.Simulators.Graph.Time;
using NodaTime;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>The days of events.</summary>
internal static class Instances
{
    /// <summary>What happens of an event within a window: itself, or days of the series but not the series.</summary>
    public static IEnumerable<Instance> Within(StoredEvent stored, Window window)
    {
        IEnumerable<Instance> all = stored.IsSeries ? Days(stored, window) : [Instance.Whole(stored)];
        return all.Where(one => window.Overlaps(one.Start.Instant, one.End.Instant));
    }

    /// <summary>That day of a series; null when it does not happen.</summary>
    public static Instance? Find(StoredEvent series, LocalDate date) =>
        series.IsSeries && !series.Cancelled.Contains(date)
            && RecurrenceRule.Parse(series.Fields["recurrence"]!).Dates(date).Contains(date)
            ? Instance.On(series, date)
            : null;

    private static IEnumerable<Instance> Days(StoredEvent series, Window window)
    {
        // A day more, because the wall may be ahead of UTC; exceptions may come from any day.
        LocalDate last = window.End.InUtc().Date.PlusDays(2);
        Instance whole = Instance.Whole(series);
        LocalDate first = (window.Start - (whole.End.Instant - whole.Start.Instant)).InUtc().Date.PlusDays(-2);
        foreach (LocalDate date in RecurrenceRule.Parse(series.Fields["recurrence"]!).Dates(last))
        {
            if (date >= first && !series.Cancelled.Contains(date) && !series.Exceptions.ContainsKey(date))
            {
                yield return Instance.On(series, date);
            }
        }

        foreach (LocalDate date in series.Exceptions.Keys)
        {
            yield return Instance.On(series, date);
        }
    }
}
