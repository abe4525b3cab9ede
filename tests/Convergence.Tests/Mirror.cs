using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Convergence.Tests;

/// <summary>What an application has that reads only what it is told of: the changes since then.</summary>
/// <param name="listener">Hears for it.</param>
/// <param name="calendarId">The calendar that it keeps.</param>
/// <param name="read">Reads what changed then or later, deleted ones too.</param>
internal sealed class Mirror(TestListener listener, string calendarId, Func<Instant, Task<List<EventEntry>>> read)
{
    private readonly Dictionary<string, EventEntry> _entries = new(StringComparer.Ordinal);
    private Instant? _since;

    /// <summary>Hears what is told, and reads it.</summary>
    public async Task HearAsync()
    {
        foreach (FeedEntry entry in (await listener.ReadAsync()).Where(e => e.SourceId == calendarId))
        {
            _since = _since is { } earlier ? Instant.Min(earlier, entry.Since) : entry.Since;
        }

        if (_since is { } since)
        {
            foreach (EventEntry entry in await read(Instant.FromUnixTimeSeconds(since.ToUnixTimeSeconds())))
            {
                _entries[entry.Uid] = entry;
            }

            _since = null;
        }

        await listener.SeenAsync();
    }

    /// <summary>Those that are there and begin before some time.</summary>
    public IEnumerable<EventEntry> Before(Instant end) => _entries.Values.Where(e => !e.IsDeleted && e.StartsAt < end);
}
