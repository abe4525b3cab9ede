using System.Collections.Concurrent;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>A snapshot opened for reading: expanded and sorted. Kept in the silo's cache while it is hot.</summary>
internal sealed class OpenedSchedule
{
    // Days and floating times start at another instant in each zone that somebody asks for.
    private const int MaxZones = 8;

    // Objects, headers and references of one entry, as measured; strings come on top.
    private const int EntryBytes = 700;

    private readonly ConcurrentDictionary<string, SortedEntries> _byZone = new(StringComparer.Ordinal);
    private readonly Listed[] _entries;

    public OpenedSchedule(string calendarId, Projected projected)
    {
        CalendarId = calendarId;
        UnknownFrom = projected.UnknownFrom;
        GoesOn = projected.GoesOn;
        Formers = projected.Formers;
        _entries = [.. projected.Happenings.Select(h => new Listed(EntryOf(calendarId, h), h.Owner))];
        Bytes = 1_000 + _entries.Sum(e => (long)EntryBytes
            + (2L * (e.Entry.Content.Summary.Length + e.Entry.Content.Description.Length + (e.Entry.Content.Location?.Length ?? 0)))
            + (200L * e.Entry.Content.Attendees.Length)) + (400L * projected.Formers.Count);
    }

    /// <summary>Every entry, in no particular order.</summary>
    public IEnumerable<Listed> All => _entries;

    /// <summary>What is there under a uid, a tombstone included; null when nothing is.</summary>
    public Listed? Find(string uid)
    {
        int at = Array.FindIndex(_entries, e => e.Entry.Uid == uid);
        return at < 0 ? null : _entries[at];
    }

    /// <summary><c>cal_…</c>.</summary>
    public string CalendarId { get; }

    /// <summary>From when on something may be missing; null when nothing is.</summary>
    public Instant? UnknownFrom { get; }

    /// <summary>See <see cref="Projected.GoesOn"/>.</summary>
    public bool GoesOn { get; }

    /// <summary>By uid, when happenings were before they moved.</summary>
    public IReadOnlyDictionary<string, List<Former>> Formers { get; }

    /// <summary>About how much memory it takes.</summary>
    public long Bytes { get; }

    /// <summary>Its entries as somebody in a zone sees them, in the order of pages.</summary>
    public SortedEntries In(string zoneId)
    {
        if (_byZone.TryGetValue(zoneId, out SortedEntries? sorted))
        {
            return sorted;
        }

        DateTimeZone zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) ?? DateTimeZone.Utc;
        sorted = new SortedEntries(_entries.Select(e => e with { Entry = ReadIn(e.Entry, zone) }));
        return _byZone.Count < MaxZones ? _byZone.GetOrAdd(zoneId, sorted) : sorted;
    }

    /// <summary>The same read in a zone, when its days and floating times depend on it.</summary>
    public static EventEntry ReadIn(EventEntry entry, DateTimeZone zone)
    {
        if (!IsRelative(entry.Start) && !IsRelative(entry.End))
        {
            return entry;
        }

        Instant start = entry.Start.ToInstant(zone);
        return entry with { StartsAt = start, EndsAt = Instant.Max(start, entry.End.ToInstant(zone)) };
    }

    private static bool IsRelative(CalendarTime time) => time.Kind is TimeKind.Date or TimeKind.Floating;

    private static EventEntry EntryOf(string calendarId, Happening h) => new(
        calendarId,
        h.Uid,
        h.Owner?.EventId,
        h.SeriesId,
        h.Occurrence.Start,
        h.Occurrence.End,
        h.Occurrence.StartsAt,
        h.Occurrence.EndsAt,
        h.Occurrence.Content,
        h.IsDeleted,
        h.Created,
        h.Updated,
        h.IsPending);
}
