using NodaTime;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>The time zones of the IANA database.</summary>
internal static class Zones
{
    public static DateTimeZone? Find(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    public static DateTimeZone Get(string id) =>
        Find(id) ?? throw new ArgumentException($"'{id}' is no IANA time zone.", nameof(id));
}
