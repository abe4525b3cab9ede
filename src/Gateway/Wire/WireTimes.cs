using System.Text.Json;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Gateway.Wire;

/// <summary>Writes times in the only forms that the strictest reader accepts, see <see cref="TimeText"/>.</summary>
internal static class WireTimes
{
    private static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText Tzid = JsonEncodedText.Encode("tzid");

    /// <summary><c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
    public static void WriteMoment(Utf8JsonWriter json, JsonEncodedText name, Instant instant)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        json.WriteString(name, text[..TimeText.Write(instant, text)]);
    }

    /// <summary><c>yyyy-MM-dd</c>, or <c>{time, tzid}</c> with it.</summary>
    public static void WriteDay(Utf8JsonWriter json, JsonEncodedText name, LocalDate day, string? zoneId)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        WriteTime(json, name, text[..TimeText.Write(day, text)], zoneId);
    }

    /// <summary>A moment with its zone's offset, as <c>{time, tzid}</c>.</summary>
    public static void WriteLocalized(Utf8JsonWriter json, JsonEncodedText name, Instant instant, DateTimeZone zone)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        WriteTime(json, name, text[..TimeText.Write(instant, zone.GetUtcOffset(instant), text)], zone.Id);
    }

    private static void WriteTime(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> text, string? zoneId)
    {
        if (zoneId is null)
        {
            json.WriteString(name, text);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString(Time, text);
        json.WriteString(Tzid, zoneId);
        json.WriteEndObject();
    }
}
