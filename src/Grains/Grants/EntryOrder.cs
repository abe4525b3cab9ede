using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Grants;

/// <summary>The order of <see cref="PagePosition"/>, without making one for each comparison.</summary>
internal static class EntryOrder
{
    private const string LastUid = "\uffff";

    public static int OfEvents(EventEntry left, EventEntry right)
    {
        int order = left.StartsAt.CompareTo(right.StartsAt);
        order = order != 0 ? order : string.CompareOrdinal(left.CalendarId, right.CalendarId);
        return order != 0 ? order : string.CompareOrdinal(left.Uid, right.Uid);
    }

    public static int OfBusyTimes(BusyEntry left, BusyEntry right)
    {
        int order = left.StartsAt.CompareTo(right.StartsAt);
        order = order != 0 ? order : string.CompareOrdinal(left.CalendarId, right.CalendarId);
        return order != 0 ? order : string.CompareOrdinal(left.Uid, right.Uid);
    }

    public static PagePosition PositionOf(EventEntry entry) => new(entry.StartsAt, entry.CalendarId, entry.Uid);

    // Where the uid was not made, no other of the calendar starts with it: behind it is whatever starts later.
    public static PagePosition PositionOf(BusyEntry entry) =>
        new(entry.StartsAt, entry.CalendarId, entry.Uid.Length == 0 ? LastUid : entry.Uid);
}
