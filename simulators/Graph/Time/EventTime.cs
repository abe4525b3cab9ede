using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Time;

/// <summary>Graph's <c>dateTimeTimeZone</c>: a time on the wall and the zone whose wall it is.</summary>
internal sealed record EventTime(LocalDateTime Wall, string Zone)
{
    private static readonly LocalDateTimePattern Output =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fffffff");

    /// <summary>The point in time. A wall time that a zone skips is moved on, one that it repeats is the first.</summary>
    public Instant Instant => (ZoneNames.Find(Zone) ?? DateTimeZone.Utc).AtLeniently(Wall).ToInstant();

    /// <summary>Reads a <c>dateTimeTimeZone</c> and refuses what Graph refuses.</summary>
    public static EventTime Parse(JsonNode? node)
    {
        string text = (string?)node?["dateTime"]
            ?? throw GraphFailure.Invalid("The start and end of an event need a dateTime.");
        string zone = (string?)node!["timeZone"] ?? "UTC";
        if (ZoneNames.Find(zone) is not { } found)
        {
            throw new GraphFailure(400, "TimeZoneNotSupportedException", $"A valid TimeZone value must be specified. The following TimeZone value is not supported: '{zone}'.");
        }

        if (LocalDateTimePattern.ExtendedIso.Parse(text).TryGetValue(LocalDateTime.FromDateTime(default), out var wall)
            || LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(text).TryGetValue(default, out wall))
        {
            return new(wall, zone);
        }

        // With an offset the text names a point in time; the zone only says on whose wall to show it.
        return OffsetDateTimePattern.ExtendedIso.Parse(text).TryGetValue(default, out var point)
            ? new(point.ToInstant().InZone(found).LocalDateTime, zone)
            : throw GraphFailure.Invalid($"Cannot convert the literal '{text}' to the expected type 'Edm.DateTimeOffset'.");
    }

    /// <summary>On the wall of another zone. An all-day event's midnight stays midnight: its days float.</summary>
    public JsonObject Shape(string zone, bool isAllDay)
    {
        LocalDateTime wall = isAllDay || string.Equals(zone, Zone, StringComparison.OrdinalIgnoreCase)
            ? Wall
            : Instant.InZone(ZoneNames.Find(zone) ?? DateTimeZone.Utc).LocalDateTime;
        return new() { ["dateTime"] = Output.Format(wall), ["timeZone"] = zone };
    }

    /// <summary>As stored.</summary>
    public JsonObject ToJson() => new() { ["dateTime"] = Output.Format(Wall), ["timeZone"] = Zone };
}
