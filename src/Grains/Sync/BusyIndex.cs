using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>When a calendar is taken, in the clear and without content: 8 bytes a happening, 12 an item, small tables.</summary>
/// <remarks>
/// A slot is, from its highest bit: start in seconds since the window's (28 bits), shape (12), item (24). Slots are in the
/// order of pages: of their starts, then of their uids. What does not fit (managed events far outside the window,
/// one duration too many) is kept as whole entries. Tombstones are not in it.
/// </remarks>
internal sealed class BusyIndex
{
    private const int ItemBits = 24;
    private const int ShapeBits = 12;
    private const int StartBits = 28;

    private readonly string _calendarId;
    private readonly Instant _base;
    private readonly ulong[] _slots;
    private readonly byte[] _seeds;
    private readonly BusyShape[] _shapes;
    private readonly Dictionary<int, ManagedKey> _owners;
    private readonly Dictionary<int, string> _oddUids;
    private readonly FarEntries _far;
    private readonly TimeSpan _longest;

    private BusyIndex(
        string calendarId,
        Instant @base,
        ulong[] slots,
        byte[] seeds,
        BusyShape[] shapes,
        Dictionary<int, ManagedKey> owners,
        Dictionary<int, string> oddUids,
        FarEntries far,
        Instant? unknownFrom,
        bool goesOn)
    {
        UnknownFrom = unknownFrom;
        _calendarId = calendarId;
        _base = @base;
        _slots = slots;
        _seeds = seeds;
        _shapes = shapes;
        _owners = owners;
        _oddUids = oddUids;
        _far = far;
        GoesOn = goesOn;

        // Days and floating times start up to 14 hours earlier or later, depending on who asks.
        _longest = TimeSpan.FromSeconds(shapes.Length == 0 ? 0 : shapes.Max(s => s.Seconds)) + TimeSpan.FromHours(30);
    }

    /// <summary><c>cal_…</c>.</summary>
    public string CalendarId => _calendarId;

    /// <summary>From when on something may be missing; null when nothing is.</summary>
    public Instant? UnknownFrom { get; }

    /// <summary>See <see cref="Projected.GoesOn"/>.</summary>
    public bool GoesOn { get; }

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => 200 + (8L * _slots.Length) + _seeds.Length + (64L * _shapes.Length)
        + (120L * _owners.Count) + (130L * _oddUids.Count) + (216L * _far.Count);

    /// <summary>Makes it of an opened schedule's live happenings.</summary>
    /// <param name="window">What is expanded.</param>
    /// <param name="opened">The schedule, opened for that window.</param>
    public static BusyIndex Of(ExpandedWindow window, OpenedSchedule opened)
    {
        Instant start = window.Padded.Start - Duration.FromDays(2);
        List<(ulong Slot, string Uid, bool IsOdd)> slots = [];
        List<byte> seeds = [];
        Dictionary<(string Series, ManagedKey? Owner), int> items = [];
        Dictionary<BusyShape, int> shapes = [];
        Dictionary<int, ManagedKey> owners = [];
        List<Listed> far = [];
        foreach (Listed listed in opened.All)
        {
            EventEntry entry = listed.Entry;
            if (entry.IsDeleted)
            {
                continue;
            }

            BusyShape shape = BusyShape.Of(entry);
            long seconds = (shape.Anchor(entry) - start).BclCompatibleTicks / TimeSpan.TicksPerSecond;
            bool isKnown = shapes.TryGetValue(shape, out int shapeNumber);
            if (seconds is < 0 or >= 1L << StartBits
                || (!isKnown && shapes.Count >= 1 << ShapeBits)
                || items.Count >= (1 << ItemBits) - 1)
            {
                far.Add(listed with
                {
                    Entry = entry with
                    {
                        Content = EventContent.Empty with { Status = entry.Content.Status, Transparency = entry.Content.Transparency },
                    },
                });
                continue;
            }

            if (!isKnown)
            {
                shapes[shape] = shapeNumber = shapes.Count;
            }

            string seed = entry.SeriesId ?? entry.Uid[HappeningIds.Prefix.Length..];
            if (!items.TryGetValue((seed, listed.Owner), out int item))
            {
                items[(seed, listed.Owner)] = item = items.Count;
                seeds.AddRange(Convert.FromHexString(seed));
                if (listed.Owner is { } owner)
                {
                    owners[item] = owner;
                }
            }

            ulong slot = ((ulong)seconds << (ShapeBits + ItemBits)) | ((ulong)shapeNumber << ItemBits) | (uint)item;
            string uid = entry.SeriesId is null ? entry.Uid : HappeningIds.Uid(Convert.FromHexString(seed), shape.StartAt(start, seconds));
            slots.Add((slot, entry.Uid, uid != entry.Uid));
        }

        slots.Sort(static (a, b) =>
        {
            int order = (a.Slot >> (ShapeBits + ItemBits)).CompareTo(b.Slot >> (ShapeBits + ItemBits));
            return order != 0 ? order : string.CompareOrdinal(a.Uid, b.Uid);
        });
        Dictionary<int, string> oddUids = [];
        for (int i = 0; i < slots.Count; i++)
        {
            if (slots[i].IsOdd)
            {
                oddUids[i] = slots[i].Uid;
            }
        }

        return new BusyIndex(
            opened.CalendarId,
            start,
            [.. slots.Select(s => s.Slot)],
            [.. seeds],
            [.. shapes.OrderBy(s => s.Value).Select(s => s.Key)],
            owners,
            oddUids,
            new FarEntries(far),
            opened.UnknownFrom,
            opened.GoesOn);
    }

    /// <summary>The numbers of what may start before <paramref name="to"/> and end at or after <paramref name="from"/>.</summary>
    /// <param name="from">Null for no limit.</param>
    /// <param name="to">Null for no limit.</param>
    /// <returns>The first, and the one after the last.</returns>
    public (int First, int End) Between(Instant? from, Instant? to) => (
        from is { } f ? FirstAtOrAfter(f - Duration.FromTimeSpan(_longest)) : 0,
        to is { } t ? FirstAtOrAfter(t + Duration.FromHours(30)) : _slots.Length);

    /// <summary>The same of what has no number.</summary>
    /// <param name="from">Null for no limit.</param>
    /// <param name="to">Null for no limit.</param>
    /// <param name="zone">In which days and floating times are read.</param>
    public IEnumerable<BusyTime> FarBetween(Instant? from, Instant? to, DateTimeZone zone) => _far.Count == 0
        ? []
        : _far.Between(from, to).Select(far => BusyTime.Of(CalendarReading.BusyOf(OpenedSchedule.ReadIn(far.Entry, zone)), far.Owner));

    /// <summary>The time of a number.</summary>
    /// <param name="number">Of <see cref="Between"/>.</param>
    /// <param name="zone">In which days and floating times are read.</param>
    public BusyTime TimeAt(int number, DateTimeZone zone)
    {
        ulong slot = _slots[number];
        ref readonly BusyShape shape = ref ShapeOf(slot);
        long seconds = SecondsOf(slot);
        (Instant starts, Instant ends) = shape.TimesAt(_base, seconds, zone);
        ManagedKey? owner = _owners.TryGetValue(ItemOf(slot), out ManagedKey key) ? key : null;
        return new BusyTime(starts, ends, shape.Transparency, owner, seconds, number, null);
    }

    /// <summary>What is shown of a time that was found.</summary>
    /// <param name="time">The time.</param>
    /// <param name="withUid">False to leave its uid out.</param>
    public BusyEntry EntryOf(BusyTime time, bool withUid)
    {
        if (time.Entry is { } entry)
        {
            return entry;
        }

        ulong slot = _slots[time.Number];
        ref readonly BusyShape shape = ref ShapeOf(slot);
        return shape.EntryOf(_calendarId, withUid ? UidOf(time, slot, shape) : "", time, _base);
    }

    private string UidOf(in BusyTime time, ulong slot, in BusyShape shape) =>
        _oddUids.GetValueOrDefault(time.Number) ?? HappeningIds.Uid(
            _seeds.AsSpan(ItemOf(slot) * HappeningIds.SeedLength, HappeningIds.SeedLength),
            shape.IsSeries ? shape.StartAt(_base, time.Anchor) : null);

    private ref readonly BusyShape ShapeOf(ulong slot) => ref _shapes[(int)((slot >> ItemBits) & ((1 << ShapeBits) - 1))];

    private static int ItemOf(ulong slot) => (int)(slot & ((1 << ItemBits) - 1));

    private static long SecondsOf(ulong slot) => (long)(slot >> (ShapeBits + ItemBits));

    private int FirstAtOrAfter(Instant instant)
    {
        double seconds = (instant - _base).TotalSeconds;
        if (seconds <= 0)
        {
            return 0;
        }

        if (seconds >= 1L << StartBits)
        {
            return _slots.Length;
        }

        // Before all slots of that second, whose order is not that of their numbers; no slot ends with ones alone.
        return ~Array.BinarySearch(_slots, ((ulong)seconds << (ShapeBits + ItemBits)) - 1);
    }
}
