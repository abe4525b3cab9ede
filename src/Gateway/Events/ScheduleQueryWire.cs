using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads the parameters of <c>/v1/events</c> and <c>/v1/free_busy</c>.</summary>
/// <remarks>
/// <c>from</c> and <c>to</c> are days in <c>tzid</c>; a time is cut to its day, as one library writes times there.
/// <c>google_event_ids</c> is read and says nothing here, see docs/compatibility.md.
/// </remarks>
internal static class ScheduleQueryWire
{
    /// <summary>The query; only to be used when nothing was wrong.</summary>
    public static ScheduleQuery Read(IQueryCollection parameters, RequestFaults faults)
    {
        QueryFields query = new(parameters, faults);
        string zoneId = query.Zone("tzid") ?? "Etc/UTC";
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[zoneId];
        GivenTime? from = query.Time("from", FieldKeys.MustBeDate);
        GivenTime? to = query.Time("to", FieldKeys.MustBeDate);
        if (from?.DayIn(zone) > to?.DayIn(zone))
        {
            faults.Add("to", FieldKeys.InvalidTimePair, "to must not be before from");
        }

        _ = query.Flag("google_event_ids");
        bool includesManaged = query.Flag("include_managed");
        return new ScheduleQuery(
            StartOf(from, zone),
            StartOf(to, zone),
            zoneId,
            query.List("calendar_ids"),
            query.Flag("only_managed") ? ManagedEvents.Only : includesManaged ? ManagedEvents.Include : ManagedEvents.Exclude,
            query.Flag("include_deleted"),
            query.Flag("include_free"),
            query.Time("last_modified", FieldKeys.MustBeTime)?.MomentIn(zone),
            new Presentation(query.Flag("localized_times"), query.Flag("include_geo"), query.Flag("include_ids")),
            query.Flag("include_moved"));
    }

    private static Instant? StartOf(GivenTime? day, DateTimeZone zone) =>
        day is { } given ? DayStart.Of(given.DayIn(zone), zone) : null;
}
