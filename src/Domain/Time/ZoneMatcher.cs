using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Time;

/// <summary>Finds the IANA zone that a calendar's own zone definition describes.</summary>
/// <remarks>
/// Offsets are all that a definition under an unknown name says, so of zones that agree one is picked: times come out
/// right inside the span, and follow the picked zone's law beyond it.
/// </remarks>
public static class ZoneMatcher
{
    // Of zones with the same offsets, the one that a reader of the event is most likely to know.
    private static readonly string[] WellKnown =
    [
        "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Istanbul", "Europe/Moscow", "America/New_York",
        "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu", "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
        "America/Santiago", "America/Bogota", "America/Mexico_City", "Africa/Johannesburg", "Africa/Lagos",
        "Africa/Nairobi", "Africa/Cairo", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran", "Asia/Karachi", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Perth",
        "Australia/Adelaide", "Australia/Darwin", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    ];

    private static readonly string[] All =
    [
        .. TzdbDateTimeZoneSource.Default.CanonicalIdMap.Values
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The zone whose offsets are those of the definition at every moment of <paramref name="span"/>.</summary>
    /// <param name="observances">The parts of the definition, in any order.</param>
    /// <param name="span">Where the offsets are compared: both ends given; a few years around the events.</param>
    /// <param name="hint">
    /// A name to try first, in any form that <see cref="ZoneIds.Resolve"/> reads (<c>X-LIC-LOCATION</c>, the calendar's
    /// zone); null for none.
    /// </param>
    /// <returns>
    /// The hint when it agrees; else, for a definition that never changes its offset, the fixed zone of that many whole
    /// hours; else the first of the well-known zones that agrees, else the first of all in alphabetical order. Null
    /// when no zone agrees, <paramref name="observances"/> or <paramref name="span"/> is empty, or the definition asks
    /// for more work than an expansion may do.
    /// </returns>
    public static string? Match(IReadOnlyList<ZoneObservance> observances, Interval span, string? hint = null)
    {
        if (observances.Count == 0 || span.Duration == Duration.Zero
            || ZoneOffsets.Of(observances, span) is not ZoneOffsets offsets)
        {
            return null;
        }

        if (ZoneIds.Resolve(hint) is string hinted && offsets.AreThoseOf(hinted))
        {
            return hinted;
        }

        string? fixedZone = observances.Count == 1 ? FixedZone(observances[0].OffsetTo) : null;
        return fixedZone is not null && offsets.AreThoseOf(fixedZone) ? fixedZone
            : Array.Find(WellKnown, offsets.AreThoseOf) ?? Array.Find(All, offsets.AreThoseOf);
    }

    private static string? FixedZone(Offset offset)
    {
        (int hours, int rest) = Math.DivRem(Math.Abs(offset.Seconds), NodaConstants.SecondsPerHour);
        return rest == 0 ? ZoneIds.Resolve($"UTC{(offset.Seconds < 0 ? '-' : '+')}{hours}") : null;
    }
}
