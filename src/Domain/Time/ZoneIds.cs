using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace CalendarActors.Domain.Time;

/// <summary>Reads the names that calendars give to time zones.</summary>
/// <remarks>
/// Nothing here asks the operating system: the tables are NodaTime's, so a container without ICU or zone files reads
/// the same names (CLDR's Windows mapping and the IANA database come inside the package).
/// </remarks>
public static class ZoneIds
{
    // RFC 5545 gives no limit; the longest name of the IANA database has 32 characters and its prefixes stay below 100.
    private const int MaxLength = 255;

    private static readonly FrozenDictionary<string, string> Known = Names();

    /// <summary>The IANA zone that a <c>TZID</c>, a Graph <c>timeZone</c> or an API's <c>tzid</c> means.</summary>
    /// <remarks>
    /// Understood, letter case and blanks around aside, quoted or not: IANA ids and their aliases (kept as spelled in
    /// the database: <c>Europe/Oslo</c> stays Oslo); Windows ids; the globally unique form that begins with a solidus
    /// (RFC 5545 section 3.2.19), such as <c>/mozilla.org/20050126_1/Europe/Berlin</c>; <c>Z</c>; and whole hours
    /// such as <c>GMT+0200</c>, which become <c>Etc/GMT-2</c>.
    /// </remarks>
    /// <param name="text">The name as written; null or empty means none.</param>
    /// <returns>
    /// An id that <see cref="CalendarTime.InZone"/> accepts; null when the name says nothing by itself, and only the
    /// offsets of its definition can tell (<see cref="ZoneMatcher"/>).
    /// </returns>
    public static string? Resolve(string? text)
    {
        if (text is null || text.Length > MaxLength)
        {
            return null;
        }

        string name = text.Trim().Trim('"', '\'').Trim();
        if (Known.TryGetValue(name, out string? id) || Known.TryGetValue(name.Replace(' ', '_'), out id))
        {
            return id;
        }

        return name.StartsWith('/') ? EndOfUniqueName(name) : ZoneOfWholeHours(name);
    }

    /// <summary>True when the zone is UTC by another name, such as <c>Etc/UTC</c>, <c>Zulu</c> or <c>UCT</c>.</summary>
    /// <param name="zoneId">An IANA zone id.</param>
    public static bool IsUtc(string zoneId) =>
        TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zoneId, out string? canonical) && canonical == "Etc/UTC";

    private static FrozenDictionary<string, string> Names()
    {
        TzdbDateTimeZoneSource source = TzdbDateTimeZoneSource.Default;
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> windows in source.WindowsToTzdbIds)
        {
            names[windows.Key] = windows.Value;
        }

        foreach (string id in source.GetIds())
        {
            names[id] = id;
        }

        names["Z"] = "Etc/UTC";
        names["tzone://Microsoft/Utc"] = "Etc/UTC";
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static string? EndOfUniqueName(string name)
    {
        for (int slash = 0; slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (Known.TryGetValue(name[(slash + 1)..], out string? id))
            {
                return id;
            }
        }

        return null;
    }

    private static string? ZoneOfWholeHours(string name)
    {
        if (name.Length < 5
            || !(name.StartsWith("GMT", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("UTC", StringComparison.OrdinalIgnoreCase))
            || name[3] is not ('+' or '-'))
        {
            return null;
        }

        string digits = name[4..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is 3 or 4 && digits.EndsWith("00", StringComparison.Ordinal))
        {
            digits = digits[..^2];
        }

        if (digits.Length is not (1 or 2)
            || !int.TryParse(digits, System.Globalization.NumberStyles.None, null, out int hours))
        {
            return null;
        }

        // POSIX counts west of Greenwich as positive, and the database's Etc zones follow it.
        char sign = name[3] == '+' ? '-' : '+';
        return hours == 0 ? "Etc/UTC" : Known.GetValueOrDefault($"Etc/GMT{sign}{hours}");
    }
}
