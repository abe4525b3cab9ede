using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using Google.Apis.Calendar.v3.Data;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Providers.Google;

/// <summary>Days and moments as Google writes them.</summary>
internal static class GoogleTimeText
{
    // As in iCalendar texts: a margin below NodaTime's last year keeps every end and occurrence representable.
    private const int LastYear = 9990;

    /// <summary>Reads a start or an end; null when it is none that exists.</summary>
    /// <param name="time">As received.</param>
    /// <param name="isSeries">True where the wall time matters more than the instant, because it repeats.</param>
    public static CalendarTime? Read(EventDateTime? time, bool isSeries)
    {
        if (time?.Date is { } day)
        {
            return LocalDatePattern.Iso.Parse(day.Trim()) is { Success: true, Value: { Year: >= 1 and <= LastYear } date }
                ? CalendarTime.OnDate(date)
                : null;
        }

        string? text = time?.DateTimeRaw?.Trim();
        if (text is null)
        {
            return null;
        }

        string? zone = ZoneIds.Resolve(time!.TimeZone) is { } id && !ZoneLookup.IsUtc(id) ? id : null;
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var moment } && IsInRange(moment.LocalDateTime))
        {
            return InZone(WholeSecond(moment.ToInstant()), zone, isSeries);
        }

        // An offset may be missing where a zone is named (Events: resource, start.dateTime).
        return LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var local } && IsInRange(local)
            ? zone is null ? CalendarTime.Utc(Truncated(local)) : CalendarTime.InZone(Truncated(local), zone)
            : null;
    }

    /// <summary>A moment such as <c>updated</c>; null when it is none.</summary>
    public static Instant? ReadInstant(string? text) =>
        text is not null && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var moment }
        && IsInRange(moment.LocalDateTime)
            ? moment.ToInstant()
            : null;

    /// <summary>Writes a start or an end. A floating time is one in UTC: Google has none.</summary>
    public static EventDateTime Write(CalendarTime time)
    {
        if (time.IsDate)
        {
            return new EventDateTime { Date = LocalDatePattern.Iso.Format(time.Local.Date) };
        }

        DateTimeZone zone = time.ZoneOr(DateTimeZone.Utc);
        OffsetDateTime moment = time.ToInstant(DateTimeZone.Utc).InZone(zone).ToOffsetDateTime();
        return new EventDateTime
        {
            DateTimeRaw = OffsetDateTimePattern.Rfc3339.Format(moment),
            TimeZone = time.ZoneId ?? "UTC",
        };
    }

    private static CalendarTime InZone(Instant instant, string? zone, bool isSeries)
    {
        if (zone is null)
        {
            return CalendarTime.Utc(instant);
        }

        // The later one of two equal wall times has no name but its instant.
        CalendarTime wall = CalendarTime.InZone(instant.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime, zone);
        return isSeries || wall.ToInstant(DateTimeZone.Utc) == instant ? wall : CalendarTime.Utc(instant);
    }

    private static bool IsInRange(LocalDateTime local) => local.Year is >= 1 and <= LastYear;

    private static Instant WholeSecond(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());

    private static LocalDateTime Truncated(LocalDateTime local) => local.With(TimeAdjusters.TruncateToSecond);
}
