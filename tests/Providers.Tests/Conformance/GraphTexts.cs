using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;
using CalendarActors.Providers.Microsoft;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>The suite's iCalendar texts as events of Graph's.</summary>
/// <remarks>
/// Graph makes up its own <c>iCalUId</c>. So that the suite's UIDs can be told apart they are put where our own keys
/// are, as another installation of ours would.
/// </remarks>
internal sealed record GraphTexts(JsonObject Event, IReadOnlyList<DateOnly> Cancelled, IReadOnlyList<(DateOnly Day, JsonObject Fields)> Exceptions)
{
    public static GraphTexts Of(string calendarText)
    {
        CalendarObject read = CalendarObjectReader.Read(calendarText).Object!;
        JsonObject row = Fields(read.Master!);
        row["transactionId"] = GraphProperties.TransactionOf(read.Uid);
        row["singleValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = GraphProperties.Key, ["value"] = read.Uid });
        if (read.Rules is [var rule])
        {
            row["recurrence"] = Weekly(rule, read.Master!.Start);
        }

        return new GraphTexts(
            row,
            [.. read.Excluded.Select(Day)],
            [.. read.Overrides.Select(o => (Day(o.RecurrenceId), Fields(o.Definition)))]);
    }

    private static JsonObject Fields(EventDefinition definition)
    {
        var fields = new JsonObject
        {
            ["subject"] = definition.Content.Summary,
            ["start"] = Time(definition.Start),
            ["end"] = Time(definition.End),
            ["body"] = new JsonObject { ["contentType"] = "text", ["content"] = definition.Content.Description },
        };
        if (definition.Content.Location is { } place)
        {
            fields["location"] = new JsonObject { ["displayName"] = place };
        }

        if (definition.Content.Organizer is { } organizer)
        {
            fields["isOrganizer"] = false;
            fields["organizer"] = Person(organizer.Email);
            fields["responseStatus"] = new JsonObject { ["response"] = "notResponded", ["time"] = "0001-01-01T00:00:00Z" };
            fields["attendees"] = new JsonArray([.. definition.Content.Attendees.Select(a =>
            {
                JsonObject person = Person(a.Email);
                person["status"] = new JsonObject
                {
                    ["response"] = a.Status == ParticipationStatus.Tentative ? "tentativelyAccepted" : "none",
                    ["time"] = "0001-01-01T00:00:00Z",
                };
                return person;
            })]);
        }

        return fields;
    }

    private static JsonObject Person(string email) => new() { ["emailAddress"] = new JsonObject { ["address"] = email } };

    private static JsonObject Weekly(RecurrenceRule rule, CalendarTime start)
    {
        Assert.Equal(RecurrenceFrequency.Weekly, rule.Frequency);
        return new JsonObject
        {
            ["pattern"] = new JsonObject
            {
                ["type"] = "weekly",
                ["interval"] = rule.Interval,
                ["daysOfWeek"] = new JsonArray(start.Local.DayOfWeek.ToString().ToLowerInvariant()),
                ["firstDayOfWeek"] = "monday",
            },
            ["range"] = new JsonObject
            {
                ["type"] = "numbered",
                ["startDate"] = start.Local.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                ["numberOfOccurrences"] = rule.Count,
            },
        };
    }

    private static JsonObject Time(CalendarTime time) => new()
    {
        ["dateTime"] = time.Local.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        ["timeZone"] = time.ZoneId ?? "UTC",
    };

    private static DateOnly Day(CalendarTime time) => time.Local.Date.ToDateOnly();
}
