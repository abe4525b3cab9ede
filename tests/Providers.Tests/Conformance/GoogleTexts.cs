using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>Says in Google's words what other clients write as iCalendar text.</summary>
internal static class GoogleTexts
{
    private static readonly string[] RecurrenceNames = ["RRULE", "EXRULE", "RDATE", "EXDATE"];

    /// <summary>The master, and what each exception says beside its <c>originalStartTime</c>.</summary>
    public static (JsonObject Master, IReadOnlyList<JsonObject> Exceptions) Rows(string calendarText)
    {
        CalendarComponent[] events = [.. CalendarText.Parse(calendarText)!.ComponentsNamed("VEVENT")];
        JsonObject master = Row(events.Single(e => e.Line("RECURRENCE-ID") is null));
        return (master, [.. events.Where(e => e.Line("RECURRENCE-ID") is not null).Select(Row)]);
    }

    /// <summary>Google's id of an instance.</summary>
    public static string InstanceId(string masterId, JsonObject exception)
    {
        JsonObject original = exception["originalStartTime"]!.AsObject();
        string suffix = original["date"] is { } day
            ? day.GetValue<string>().Replace("-", "", StringComparison.Ordinal)
            : DateTimeOffset.Parse(original["dateTime"]!.GetValue<string>(), CultureInfo.InvariantCulture)
                .ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"{masterId}_{suffix}";
    }

    private static JsonObject Row(CalendarComponent component)
    {
        var row = new JsonObject { ["iCalUID"] = component.Line("UID")!.Value, ["status"] = "confirmed" };
        foreach ((string name, string field) in new[] { ("SUMMARY", "summary"), ("DESCRIPTION", "description"), ("LOCATION", "location") })
        {
            if (component.Line(name) is { } line)
            {
                row[field] = line.TextValue;
            }
        }

        if (component.Line("ORGANIZER") is { } organizer)
        {
            row["organizer"] = new JsonObject { ["email"] = organizer.Value["mailto:".Length..] };
            row["attendees"] = new JsonArray([.. component.LinesNamed("ATTENDEE").Select(l => new JsonObject
            {
                ["email"] = l.Value["mailto:".Length..],
                ["responseStatus"] = l.Parameter("PARTSTAT") == "TENTATIVE" ? "tentative" : "needsAction",
            })]);
        }

        row["start"] = Time(component.Line("DTSTART")!);
        row["end"] = Time(component.Line("DTEND")!);
        if (component.Line("RECURRENCE-ID") is { } original)
        {
            row["originalStartTime"] = Time(original);
        }

        JsonNode[] recurrence = [.. component.Lines.Where(l => RecurrenceNames.Contains(l.Name)).Select(l => JsonValue.Create(l.Text))];
        if (recurrence.Length > 0)
        {
            row["recurrence"] = new JsonArray(recurrence);
        }

        return row;
    }

    // Local times without an offset: the zone beside them says the rest.
    private static JsonObject Time(ContentLine line)
    {
        string value = line.Value;
        string day = $"{value[..4]}-{value[4..6]}-{value[6..8]}";
        if (value.Length == 8)
        {
            return new JsonObject { ["date"] = day };
        }

        string time = $"{day}T{value[9..11]}:{value[11..13]}:{value[13..15]}";
        string? zone = line.Parameter("TZID");
        if (zone is null)
        {
            return new JsonObject { ["dateTime"] = $"{time}Z", ["timeZone"] = "UTC" };
        }

        var offset = NodaTime.DateTimeZoneProviders.Tzdb[zone]
            .AtLeniently(NodaTime.LocalDateTime.FromDateTime(DateTime.Parse(time, CultureInfo.InvariantCulture))).Offset;
        return new JsonObject
        {
            ["dateTime"] = NodaTime.Text.OffsetDateTimePattern.Rfc3339.Format(new NodaTime.OffsetDateTime(
                NodaTime.LocalDateTime.FromDateTime(DateTime.Parse(time, CultureInfo.InvariantCulture)), offset)),
            ["timeZone"] = zone,
        };
    }
}
