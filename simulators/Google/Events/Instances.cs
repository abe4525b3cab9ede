using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>Instances of series that nobody touched: they are in no log, but can be looked at and changed by their id.</summary>
internal static class Instances
{
    private static readonly InstantPattern BasicUtc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");
    private static readonly LocalDatePattern BasicDay = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public static StoredEvent Make(StoredEvent master, EventTime start, DateTimeZone calendarZone)
    {
        EventTimes first = EventTimes.Of(master.Json, calendarZone);
        JsonObject json = master.Json.Copy();
        json.Remove("recurrence");
        json["id"] = $"{master.Id}_{start.Suffix}";
        json["recurringEventId"] = master.Id;
        json["originalStartTime"] = start.Write(calendarZone);
        json["start"] = start.Write(calendarZone);
        json["end"] = EventTime.EndFrom(start, first.Start, first.End).Write(calendarZone);
        return new StoredEvent(json, IsGone: false);
    }

    /// <summary>The event of this id: a stored one, or an instance that a stored series has; null when there is neither.</summary>
    public static StoredEvent? Find(GoogleCalendar calendar, string id, long upTo = long.MaxValue)
    {
        if (calendar.Events.Find(id, upTo) is { } stored)
        {
            return stored;
        }

        int cut = id.LastIndexOf('_');
        if (cut < 1 || calendar.Events.Find(id[..cut], upTo) is not { IsGone: false } master || !Series.IsSeries(master.Json))
        {
            return null;
        }

        string suffix = id[(cut + 1)..];
        return Moment(suffix) is { } at && Series.StartOf(master.Json, calendar.Zone, suffix, at) is { } start
            ? Make(master, start, calendar.Zone)
            : null;
    }

    private static Instant? Moment(string suffix)
    {
        if (BasicUtc.Parse(suffix) is { Success: true } moment)
        {
            return moment.Value;
        }

        return BasicDay.Parse(suffix) is { Success: true } day ? day.Value.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() : null;
    }
}
