using NodaTime;
using NodaTime.TimeZones;

namespace CalendarActors.Simulators.Graph.Time;

/// <summary>Windows and IANA names of zones, both of which Graph accepts.</summary>
internal static class ZoneNames
{
    /// <summary>Names that real mailboxes hold and nobody can look up.</summary>
    private static readonly HashSet<string> Custom =
        new(StringComparer.OrdinalIgnoreCase) { "tzone://Microsoft/Custom", "Customized Time Zone", "tzone://Microsoft/Utc" };

    /// <summary>The zone of this name; null when there is none.</summary>
    public static DateTimeZone? Find(string name)
    {
        if (Custom.Contains(name) || string.Equals(name, "UTC", StringComparison.OrdinalIgnoreCase))
        {
            return DateTimeZone.Utc;
        }

        return TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out string? iana)
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana)
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);
    }
}
