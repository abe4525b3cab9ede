using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Triggers;

/// <summary>What an application is told when a transition fires: which event and when it is, not what it says.</summary>
/// <remarks>The vendor documents no body; this is ours, see record 201.</remarks>
public static class TriggerBody
{
    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it: the same bytes each time for the same call.</summary>
    /// <param name="transition">What fired.</param>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    /// <param name="eventId">The application's own id.</param>
    /// <param name="happening">The happening whose time has come.</param>
    /// <returns>JSON in UTF-8.</returns>
    public static byte[] Write(Transition transition, string calendarId, string eventId, HappeningTimes happening)
    {
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(happening);
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter json = new(buffer, Plainly);
        json.WriteStartObject();
        json.WriteStartObject("notification");
        json.WriteString("type", "event_subscription");
        json.WriteStartArray("transitions");
        json.WriteStartObject();
        json.WriteString(transition.IsBefore ? "before" : "after", transition.Edge == EventEdge.Start ? "event_start" : "event_end");
        json.WriteStartObject("offset");
        json.WriteNumber("minutes", transition.Minutes);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("event");
        json.WriteString("event_id", eventId);
        json.WriteString("calendar_id", calendarId);
        json.WriteString("event_uid", happening.Uid);
        WriteTime(json, "start", happening.Start, happening.StartsAt);
        WriteTime(json, "end", happening.End, happening.EndsAt);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, CalendarTime time, Instant instant)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        json.WriteString(name, text[..(time.IsDate ? TimeText.Write(time.Local.Date, text) : TimeText.Write(instant, text))]);
    }
}
