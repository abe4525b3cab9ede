using System.Globalization;
using System.Text.Json.Nodes;

namespace CalendarActors.EndToEnd.Tests.Faults;

/// <summary>Events as lines of text, the same wherever they were read, so that two accounts of a calendar can be compared.</summary>
internal static class Lines
{
    public static string Of(string calendar, string title, DateTimeOffset start) =>
        $"{calendar}: {title} {start.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>An event of our API.</summary>
    public static string Of(JsonNode item, IReadOnlyDictionary<string, string> calendars) =>
        Of(calendars[(string)item["calendar_id"]!], (string)item["summary"]!, At((string)item["start"]!));

    /// <summary>A time as providers write it; one without an offset is in UTC.</summary>
    public static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>What is in one and not as often in the other; null when they are equal.</summary>
    public static string? Difference(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string line in expected)
        {
            counts[line] = counts.GetValueOrDefault(line) + 1;
        }

        foreach (string line in found)
        {
            counts[line] = counts.GetValueOrDefault(line) - 1;
        }

        string[] all = [.. counts.Where(c => c.Value != 0).Select(c => $"{(c.Value > 0 ? "missing" : "too often")} {Math.Abs(c.Value)}: {c.Key}").Order(StringComparer.Ordinal)];
        return all.Length == 0 ? null : $"{what}, {all.Length} differ:\n{string.Join('\n', all.Take(20))}";
    }
}
