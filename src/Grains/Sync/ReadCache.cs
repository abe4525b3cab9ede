using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Sync;
using Microsoft.Extensions.Options;

namespace CalendarActors.Grains.Sync;

/// <summary>The silo's opened schedules: the least recently read goes when they take too much memory.</summary>
/// <remarks>Named by snapshot, so what is found is never out of date.</remarks>
internal sealed class ReadCache(ScheduleEnvelope envelope, DerivedKeys keys, IOptions<SyncOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CalendarSnapshot, LinkedListNode<(CalendarSnapshot Snapshot, OpenedSchedule Opened)>> _found = [];
    private readonly LinkedList<(CalendarSnapshot Snapshot, OpenedSchedule Opened)> _byUse = [];
    private long _bytes;

    /// <summary>About how much memory is taken.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    /// <summary>A snapshot, opened.</summary>
    public async ValueTask<OpenedSchedule> OpenAsync(CalendarSnapshot snapshot, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_found.TryGetValue(snapshot, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Opened;
            }
        }

        // Two readers may open the same one at once: they get equal answers, and one of the two is kept.
        Schedule schedule = await envelope.OpenAsync(snapshot.CalendarId, snapshot.Schedule, cancellationToken);
        List<PendingWrite> pending = await envelope.OpenAsync(snapshot.CalendarId, snapshot.Intents, cancellationToken);
        OpenedSchedule opened = new(snapshot.CalendarId, Projection.Project(
            snapshot.CalendarId,
            schedule,
            ClearingRules.Unfold(schedule, pending, [.. snapshot.Clearings.Select(c => c.Clearing)]),
            snapshot.Intents.Select(i => i.Guard?.ItemId).OfType<string>().ToHashSet(StringComparer.Ordinal),
            snapshot.Window,
            (key, incarnation) => EventKeys.Of(keys, snapshot.CalendarId, key, incarnation)));
        Keep(snapshot, opened);
        return opened;
    }

    /// <summary>Drops a snapshot that nobody will ask for again.</summary>
    public void Drop(CalendarSnapshot snapshot)
    {
        lock (_lock)
        {
            if (_found.Remove(snapshot, out var node))
            {
                _byUse.Remove(node);
                _bytes -= node.Value.Opened.Bytes;
            }
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _found.Clear();
            _byUse.Clear();
            _bytes = 0;
        }
    }

    private void Keep(CalendarSnapshot snapshot, OpenedSchedule opened)
    {
        lock (_lock)
        {
            if (_found.ContainsKey(snapshot) || opened.Bytes > options.Value.ReadCacheBytes)
            {
                return;
            }

            _found[snapshot] = _byUse.AddFirst((snapshot, opened));
            _bytes += opened.Bytes;
            while (_bytes > options.Value.ReadCacheBytes)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _found.Remove(last.Snapshot);
                _bytes -= last.Opened.Bytes;
            }
        }
    }
}
