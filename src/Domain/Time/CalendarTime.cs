using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Time;

/// <summary>A point in a calendar as its author wrote it: a day, or a wall time that floats, is in UTC, or in a zone.</summary>
/// <remarks>
/// The local value and the zone are the truth; an <see cref="Instant"/> is derived from them and changes when the
/// zone's rules change. <see langword="default"/> is the date 0001-01-01.
/// </remarks>
public readonly record struct CalendarTime
{
    private CalendarTime(LocalDateTime local, TimeKind kind, string? zoneId)
    {
        Local = local;
        Kind = kind;
        ZoneId = zoneId;
    }

    /// <summary>The wall time. At midnight when <see cref="Kind"/> is <see cref="TimeKind.Date"/>.</summary>
    public LocalDateTime Local { get; }

    /// <summary>How <see cref="Local"/> is anchored.</summary>
    public TimeKind Kind { get; }

    /// <summary>An IANA zone id that NodaTime knows; null unless <see cref="Kind"/> is <see cref="TimeKind.Zoned"/>.</summary>
    public string? ZoneId { get; }

    /// <summary>True for a whole day.</summary>
    public bool IsDate => Kind == TimeKind.Date;

    /// <summary>A whole day.</summary>
    public static CalendarTime OnDate(LocalDate date) => new(date.AtMidnight(), TimeKind.Date, null);

    /// <summary>A wall time without a zone.</summary>
    public static CalendarTime Floating(LocalDateTime local) => new(local, TimeKind.Floating, null);

    /// <summary>A time in UTC.</summary>
    public static CalendarTime Utc(LocalDateTime utc) => new(utc, TimeKind.Utc, null);

    /// <summary>A time in UTC.</summary>
    public static CalendarTime Utc(Instant instant) => new(instant.InUtc().LocalDateTime, TimeKind.Utc, null);

    /// <summary>A wall time in a zone.</summary>
    /// <param name="local">The wall time.</param>
    /// <param name="zoneId">An IANA zone id.</param>
    /// <exception cref="ArgumentException">NodaTime does not know <paramref name="zoneId"/>.</exception>
    public static CalendarTime InZone(LocalDateTime local, string zoneId) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(zoneId) is null
            ? throw new ArgumentException($"'{zoneId}' is not an IANA time zone.", nameof(zoneId))
            : new CalendarTime(local, TimeKind.Zoned, zoneId);

    /// <summary>The same anchoring with another wall time.</summary>
    public CalendarTime WithLocal(LocalDateTime local) =>
        new(Kind == TimeKind.Date ? local.Date.AtMidnight() : local, Kind, ZoneId);

    /// <summary>The zone in which <see cref="Local"/> is read.</summary>
    /// <param name="floatingZone">The zone for days and floating times: the calendar's own.</param>
    public DateTimeZone ZoneOr(DateTimeZone floatingZone) => Kind switch
    {
        TimeKind.Utc => DateTimeZone.Utc,
        TimeKind.Zoned => DateTimeZoneProviders.Tzdb[ZoneId!],
        _ => floatingZone,
    };

    /// <summary>The instant meant: of a day, its first moment in <paramref name="floatingZone"/>.</summary>
    /// <remarks>
    /// A wall time that a zone skips is read with the offset before the gap, one that happens twice is its first
    /// occurrence (RFC 5545 section 3.3.5).
    /// </remarks>
    /// <param name="floatingZone">The zone for days and floating times: the calendar's own.</param>
    public Instant ToInstant(DateTimeZone floatingZone)
    {
        DateTimeZone zone = ZoneOr(floatingZone);
        return Kind == TimeKind.Date
            ? DayStart.Of(Local.Date, zone)
            : zone.ResolveLocal(Local, Resolvers.EarlierOrForward).ToInstant();
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        TimeKind.Date => $"{Local:uuuu-MM-dd}",
        TimeKind.Utc => $"{Local:uuuu-MM-ddTHH:mm:ss}Z",
        TimeKind.Zoned => $"{Local:uuuu-MM-ddTHH:mm:ss}[{ZoneId}]",
        _ => $"{Local:uuuu-MM-ddTHH:mm:ss}",
    };

    private static class Resolvers
    {
        internal static readonly ZoneLocalMappingResolver EarlierOrForward =
            NodaTime.TimeZones.Resolvers.CreateMappingResolver(
                NodaTime.TimeZones.Resolvers.ReturnEarlier,
                NodaTime.TimeZones.Resolvers.ReturnForwardShifted);
    }
}
