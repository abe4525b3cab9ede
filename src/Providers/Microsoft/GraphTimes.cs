using System.Globalization;
using CalendarActors.Domain.Time;
using Microsoft.Graph.Models;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Graph's times, which are asked for in UTC, and the wall times that their authors wrote.</summary>
internal static class GraphTimes
{
    private const string Utc = "UTC";

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.ExtendedIso;

    /// <summary>Reads a time; null for one that says nothing.</summary>
    /// <param name="time">As Graph says it.</param>
    /// <param name="isAllDay">True for a day.</param>
    /// <param name="zones">Names of the zone it was written in, best first; one that nobody knows is passed over.</param>
    public static CalendarTime? Read(DateTimeTimeZone? time, bool isAllDay, params ReadOnlySpan<string?> zones)
    {
        if (time?.DateTime is not { } text || !Pattern.Parse(text.TrimEnd('Z')).TryGetValue(default, out LocalDateTime local))
        {
            return null;
        }

        local = local.With(TimeAdjusters.TruncateToSecond);
        string? own = null;
        foreach (string? zone in zones)
        {
            own ??= ZoneIds.Resolve(zone);
        }

        if (isAllDay && local.TimeOfDay == LocalTime.Midnight)
        {
            return CalendarTime.OnDate(local.Date);
        }

        string said = ZoneIds.Resolve(time.TimeZone) ?? Utc;
        Instant instant = CalendarTime.InZone(local, said).ToInstant(DateTimeZone.Utc);
        CalendarTime read = InZone(instant, own ?? said);
        return isAllDay ? CalendarTime.OnDate(read.Local.Date) : read;
    }

    /// <summary>An instant on the wall of a zone.</summary>
    /// <param name="instant">When.</param>
    /// <param name="zoneId">An IANA id.</param>
    public static CalendarTime InZone(Instant instant, string zoneId) => ZoneIds.IsUtc(zoneId)
        ? CalendarTime.Utc(instant)
        : CalendarTime.InZone(instant.InZone(DateTimeZoneProviders.Tzdb[zoneId]).LocalDateTime, zoneId);

    /// <summary>A time as Graph takes it: days at midnight, floating times in UTC, for want of the mailbox's zone.</summary>
    public static DateTimeTimeZone Write(CalendarTime time) => new()
    {
        DateTime = time.Local.ToString("uuuu'-'MM'-'dd'T'HH':'mm':'ss", CultureInfo.InvariantCulture),
        TimeZone = ZoneName(time),
    };

    /// <summary>The zone's name at Microsoft: the Windows one where there is one, because every server knows it.</summary>
    public static string ZoneName(CalendarTime time) =>
        time.ZoneId is { } zone ? WindowsId(zone) ?? zone : Utc;

    /// <summary>True when Microsoft has one name for both zones, so that it cannot give back which of them was written.</summary>
    public static bool IsOneAtMicrosoft(string zoneId, string other) =>
        zoneId == other || (WindowsId(zoneId) is { } name && name == WindowsId(other));

    private static string? WindowsId(string zoneId)
    {
        TzdbDateTimeZoneSource source = TzdbDateTimeZoneSource.Default;
        return source.TzdbToWindowsIds.TryGetValue(zoneId, out string? id)
            || (source.CanonicalIdMap.TryGetValue(zoneId, out string? canonical)
                && source.TzdbToWindowsIds.TryGetValue(canonical, out id))
            ? id
            : null;
    }
}
