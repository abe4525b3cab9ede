using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Time;
using CalendarActors.Simulators.Google;
using NodaTime;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>A calendar in a few lines of text, once as the simulator has it and once as our copy does.</summary>
internal static class GoogleTruth
{
    public static SortedSet<string> Of(GoogleSimulator simulator, string calendarId)
    {
        IReadOnlyList<JsonObject> rows = simulator.ListEvents(calendarId);
        Dictionary<string, JsonObject> masters = rows.Where(r => r["recurringEventId"] is null).ToDictionary(r => Text(r["id"])!);
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach ((string id, JsonObject master) in masters)
        {
            lines.Add($"{id} at {Time(master["start"]!)} to {Time(master["end"]!)}: {Text(master["summary"])}, {Text(master["description"])}");
            foreach (JsonNode? rule in master["recurrence"]?.AsArray() ?? [])
            {
                lines.Add($"{id} repeats {Text(rule)}");
            }
        }

        foreach (JsonObject row in rows.Where(r => r["recurringEventId"] is not null))
        {
            string original = $"{Text(row["recurringEventId"])} but {Time(row["originalStartTime"]!)}";
            lines.Add(Text(row["status"]) == "cancelled"
                ? $"{original} is out"
                : $"{original} at {Time(row["start"]!)} to {Time(row["end"]!)}: {Text(row["summary"])}");
        }

        return lines;
    }

    public static SortedSet<string> Of(IEnumerable<ProviderItem> items)
    {
        SortedSet<string> lines = new(StringComparer.Ordinal);
        foreach (ProviderItem item in items)
        {
            CalendarObject read = item.Object;
            EventDefinition master = read.Master!;
            lines.Add($"{item.Id} at {Time(master.Start)} to {Time(master.End)}: {master.Content.Summary}, {master.Content.Description}");
            lines.UnionWith(read.Rules.Select(r => $"{item.Id} repeats RRULE:FREQ={r.Frequency.ToString().ToUpperInvariant()};COUNT={r.Count}"));
            lines.UnionWith(read.Excluded.Select(e => $"{item.Id} but {Time(e)} is out"));
            lines.UnionWith(read.Overrides.Select(o =>
                $"{item.Id} but {Time(o.RecurrenceId)} at {Time(o.Definition.Start)} to {Time(o.Definition.End)}: {o.Definition.Content.Summary}"));
        }

        return lines;
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static string Time(JsonNode time) => time["date"] is { } day
        ? day.GetValue<string>()
        : DateTimeOffset.Parse(time["dateTime"]!.GetValue<string>(), CultureInfo.InvariantCulture).UtcDateTime.ToString("s", CultureInfo.InvariantCulture);

    private static string Time(CalendarTime time) => time.IsDate
        ? time.ToString()
        : time.ToInstant(DateTimeZone.Utc).ToDateTimeUtc().ToString("s", CultureInfo.InvariantCulture);
}
