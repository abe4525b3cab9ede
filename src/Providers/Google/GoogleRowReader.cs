using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using Google.Apis.Calendar.v3.Data;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>Reads rows, whatever is in them: what cannot be read has its id and nothing else.</summary>
internal static class GoogleRowReader
{
    private const int MaxLines = 2_000;
    private const int InstanceTimeLength = 16;

    /// <summary>A row of a list; null when it does not even say which event it is.</summary>
    public static GoogleRow? Read(JToken token)
    {
        string? id = Text(token, "id");
        if (string.IsNullOrEmpty(id))
        {
            return null;
        }

        try
        {
            if (token.ToObject<Event>(GoogleTransport.RowSerializer) is { } row)
            {
                return Read(row);
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // What it belongs to may still be told, below.
        }

        return new GoogleRow(id, Text(token, "recurringEventId"), Text(token, "status") == "cancelled") { Etag = Text(token, "etag") };
    }

    /// <summary>An event that has an id.</summary>
    public static GoogleRow Read(Event row)
    {
        bool isCancelled = row.Status == "cancelled";
        bool isSeries = row.Recurrence is { Count: > 0 } || row.RecurringEventId is not null;
        CalendarTime? original = row.RecurringEventId is null
            ? null
            : GoogleTimeText.Read(row.OriginalStartTime, isSeries: true) ?? OriginalOf(row.Id!);
        return new GoogleRow(row.Id!, row.RecurringEventId, isCancelled)
        {
            Etag = row.ETag,
            Created = GoogleTimeText.ReadInstant(row.CreatedRaw),
            Updated = GoogleTimeText.ReadInstant(row.UpdatedRaw),
            Uid = string.IsNullOrWhiteSpace(row.ICalUID) ? null : row.ICalUID,
            Original = original,
            Definition = isCancelled ? null : ReadDefinition(row, original, isSeries),
            Recurrence = row.RecurringEventId is null ? [.. (row.Recurrence ?? []).OfType<string>().Take(MaxLines)] : [],
        };
    }

    private static EventDefinition? ReadDefinition(Event row, CalendarTime? original, bool isSeries)
    {
        // An exception that does not say when it is has its series' time.
        CalendarTime? start = row.Start is null ? original : GoogleTimeText.Read(row.Start, isSeries);
        return start is { } from
            ? new EventDefinition(from, ReadEnd(GoogleTimeText.Read(row.End, isSeries), from), GoogleContentReader.Read(row))
            : null;
    }

    private static CalendarTime ReadEnd(CalendarTime? end, CalendarTime start)
    {
        if (start.IsDate)
        {
            return end is { IsDate: true } last && last.Local > start.Local ? last : CalendarTime.OnDate(start.Local.Date.PlusDays(1));
        }

        return end is { IsDate: false } stop && stop.ToInstant(DateTimeZone.Utc) >= start.ToInstant(DateTimeZone.Utc) ? stop : start;
    }

    // Ids of instances end in their original start: _20270325T130000Z, or _20270325 for whole days.
    private static CalendarTime? OriginalOf(string id)
    {
        string end = id[(id.LastIndexOf('_') + 1)..];
        return end.Length is 8 or InstanceTimeLength
            ? ICalendar.CalendarTimeText.Read(end, null, null, ICalendar.ZoneLookup.None)
            : null;
    }

    private static string? Text(JToken token, string name) =>
        token is JObject row && row[name] is JValue { Value: string text } ? text : null;
}
