using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CalendarActors.Simulators.Graph.Events;

namespace CalendarActors.Simulators.Graph.Http;

/// <summary>The filters on events that this simulator knows; others are refused.</summary>
internal static partial class EventFilter
{
    public static Func<Instance, bool> Parse(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
        {
            return static _ => true;
        }

        if (Property().Match(filter) is { Success: true } property)
        {
            string id = Text(property, "id");
            string value = Text(property, "value");
            return one => (one.Fields["singleValueExtendedProperties"] as JsonArray ?? []).Any(
                node => string.Equals((string?)node?["id"], id, StringComparison.OrdinalIgnoreCase) && (string?)node?["value"] == value);
        }

        if (Equal().Match(filter) is { Success: true } equal)
        {
            string value = Text(equal, "value");
            return equal.Groups["name"].Value switch
            {
                "iCalUId" => one => string.Equals(one.ICalUId, value, StringComparison.OrdinalIgnoreCase),
                "transactionId" => one => (string?)one.Fields["transactionId"] == value,
                _ => one => (string?)one.Fields["subject"] == value,
            };
        }

        throw new GraphFailure(400, "ErrorInvalidUrlQueryFilter", $"The query filter contains one or more invalid nodes: {filter}");
    }

    private static string Text(Match match, string group) => match.Groups[group].Value.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*singleValueExtendedProperties/any\(\s*(?<v>\w+)\s*:\s*\k<v>/id eq '(?<id>(?:[^']|'')*)' and \k<v>/value eq '(?<value>(?:[^']|'')*)'\s*\)\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"^\s*(?<name>iCalUId|transactionId|subject) eq '(?<value>(?:[^']|'')*)'\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Equal();
}
