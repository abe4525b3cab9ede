using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>Finds the IANA zone that a calendar's own zone definition describes.</summary>
public static class ZoneMatcher
{
    /// <summary>The zone whose offsets are those of the definition at every moment of <paramref name="span"/>.</summary>
    /// <param name="observances">The parts of the definition, in any order.</param>
    /// <param name="span">Where the offsets are compared: both ends given; a few years around the events.</param>
    /// <param name="hint">
    /// A name to try first, in any form that <see cref="ZoneIds.Resolve"/> reads (<c>X-LIC-LOCATION</c>, the calendar's
    /// zone); null for none.
    /// </param>
    /// <returns>
    /// The hint when it agrees, else the first of the well-known zones that does, else the first of all in
    /// alphabetical order; null when no zone agrees or <paramref name="observances"/> is empty.
    /// </returns>
    public static string? Match(IReadOnlyList<ZoneObservance> observances, Interval span, string? hint = null) =>
        null;
}
