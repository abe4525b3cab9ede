using System.Text.Json;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using NodaTime;

namespace CalendarActors.Gateway.Availability;

/// <summary>Shapes available periods. There are few enough for one page.</summary>
internal static class AvailablePeriodWire
{
    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText End = JsonEncodedText.Encode("end");

    /// <param name="json">Where to.</param>
    /// <param name="periods">In the order to list them.</param>
    /// <param name="zone">The zone whose wall the times are told on; null for UTC.</param>
    public static void Write(Utf8JsonWriter json, AvailablePeriods periods, DateTimeZone? zone)
    {
        json.WriteStartObject();
        PageLinks.Write(json, 1, 1, "", null);
        json.WriteStartArray("available_periods");
        foreach (AvailablePeriod period in periods.Periods)
        {
            json.WriteStartObject();
            json.WriteString("available_period_id", period.PeriodId);
            WriteTime(json, Start, period.Start, zone);
            WriteTime(json, End, period.End, zone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, JsonEncodedText name, long second, DateTimeZone? zone)
    {
        Instant moment = Instant.FromUnixTimeSeconds(second);
        if (zone is null)
        {
            WireTimes.WriteMoment(json, name, moment);
        }
        else
        {
            WireTimes.WriteLocalized(json, name, moment, zone);
        }
    }
}
