using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Time;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Graph.Delta;

/// <summary>The rows of one round of delta, in the same order each time they are asked for.</summary>
internal static class DeltaFeed
{
    /// <summary>Rows that bring a client from one place in the log to another; from -1 it knows nothing yet.</summary>
    public static IEnumerable<JsonObject> Rows(CalendarFolder calendar, DeltaToken token, EventShape shape, bool immutableIds)
    {
        var window = new Window(
            NodaTime.Instant.FromUnixTimeTicks(token.Start), NodaTime.Instant.FromUnixTimeTicks(token.End));
        IEnumerable<Change<StoredEvent>> changes = token.After < 0
            ? calendar.Log.StateAt(token.UpTo)
            : calendar.Log.Since(token.After, token.UpTo);
        foreach (Change<StoredEvent> change in changes)
        {
            StoredEvent? before = token.After < 0 ? null : calendar.Log.Find(change.Id, token.After);
            IReadOnlyList<Instance> now = change.Value is null ? [] : Seen(change.Value, window);
            foreach (Instance instance in now)
            {
                yield return shape.InDelta(instance);
            }

            // A first round tells only what there is.
            if (token.After >= 0)
            {
                StoredEvent known = change.Value ?? before ?? LastOf(calendar, change);
                foreach (JsonObject removed in Removed(known, before, change.Value, now, window, immutableIds))
                {
                    yield return removed;
                }
            }
        }
    }

    // Clients must not rely on the place of the series among its days: it differs from series to series, never from call to call.
    private static List<Instance> Seen(StoredEvent stored, Window window)
    {
        List<Instance> days = [.. Instances.Within(stored, window)];
        if (!stored.IsSeries || days.Count == 0)
        {
            return days;
        }

        int place = (stored.Uid[0] % 3) switch { 0 => 0, 1 => days.Count, _ => days.Count / 2 };
        days.Insert(place, Instance.Whole(stored));
        return days;
    }

    private static IEnumerable<JsonObject> Removed(
        StoredEvent known, StoredEvent? before, StoredEvent? after, IReadOnlyList<Instance> now, Window window, bool immutableIds)
    {
        var left = now.Select(one => one.IdIn(immutableIds)).ToHashSet(StringComparer.Ordinal);
        var gone = (before is null ? [] : Seen(before, window)).Select(one => one.IdIn(immutableIds)).Where(id => !left.Contains(id)).ToList();

        // Changes outside the window are told too, as if something had gone that the client never had.
        if (now.Count == 0)
        {
            gone.Add(Instance.Whole(known).IdIn(immutableIds));
        }

        foreach (string id in gone.Distinct(StringComparer.Ordinal))
        {
            yield return new JsonObject
            {
                ["@odata.type"] = "#microsoft.graph.event",
                ["id"] = id,
                ["@removed"] = new JsonObject { ["reason"] = after is null || before is not null && now.Count > 0 ? "deleted" : "changed" },
            };
        }
    }

    // Created and deleted between two calls: the row tells of an id that the client never saw.
    private static StoredEvent LastOf(CalendarFolder calendar, Change<StoredEvent> change)
    {
        for (long place = change.Sequence - 1; ; place--)
        {
            if (calendar.Log.Find(change.Id, place) is { } found)
            {
                return found;
            }
        }
    }
}
