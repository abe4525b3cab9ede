using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalendarActors.Gateway.Tests.Api;

/// <summary>Reads answers as the strictest of the vendor's five libraries does; every answer of these tests passes it.</summary>
/// <remarks>
/// It knows nothing of the document, so that a rule written wrongly there is still found here: truth values and integers
/// are never null, numbers have no fraction, times have whole seconds, an event has all of its times.
/// </remarks>
internal static partial class StrictReader
{
    private static readonly string[] Booleans =
    [
        "deleted", "recurring", "event_private", "delete", "update", "change_participation_status", "profile_connected",
        "profile_initial_sync_required", "calendar_readonly", "calendar_deleted", "calendar_primary",
        "calendar_integrated_conferencing_available", "calendar_attachments_available", "only_managed", "accepted", "enabled",
    ];

    private static readonly string[] Integers = ["expires_in", "current", "total"];

    /// <summary>What would make a library throw.</summary>
    public static IEnumerable<string> Findings(JsonElement element, string path = "$") => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Member(member, $"{path}.{member.Name}")).Concat(Whole(element, path)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Findings(item, $"{path}[{index}]")),
        JsonValueKind.Number when !element.TryGetInt32(out _) => [$"{path} is {element.GetRawText()}, which is no 32 bit integer"],
        _ => [],
    };

    private static IEnumerable<string> Member(JsonProperty member, string path)
    {
        JsonElement value = member.Value;
        if (Booleans.Contains(member.Name) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return [$"{path} is {value.GetRawText()}, which a non-nullable bool cannot hold"];
        }

        if (Integers.Contains(member.Name) && value.ValueKind is not JsonValueKind.Number)
        {
            return [$"{path} is {value.GetRawText()}, which a non-nullable int cannot hold"];
        }

        return member.Name switch
        {
            "created" or "updated" or "changes_since" => Unless(value.ValueKind is JsonValueKind.String && Moment().IsMatch(value.GetString()!)),
            "start" or "end" => Unless(IsTime(value)),
            "pages" => Pages(value, path),

            // Its members are named for fields of the request.
            "errors" => [],
            _ => Findings(value, path),
        };

        IEnumerable<string> Unless(bool isGood) => isGood ? [] : [$"{path} is {value.GetRawText()}, which is no time that every library reads"];
    }

    private static IEnumerable<string> Whole(JsonElement element, string path) =>
        element.TryGetProperty("event_uid", out _) && element.TryGetProperty("summary", out _)
            ? new[] { "created", "updated", "start", "end" }.Where(name => !element.TryGetProperty(name, out _)).Select(name => $"{path}.{name} is missing")
            : [];

    private static bool IsTime(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => MomentOrDay().IsMatch(value.GetString()!),
        JsonValueKind.Object => LocalizedTime().IsMatch(value.GetProperty("time").GetString()!) && value.GetProperty("tzid").GetString() is { Length: > 0 },
        _ => false,
    };

    private static IEnumerable<string> Pages(JsonElement pages, string path)
    {
        int current = pages.GetProperty("current").GetInt32();
        int total = pages.GetProperty("total").GetInt32();
        bool hasNext = pages.TryGetProperty("next_page", out JsonElement next);
        if (current < 1 || current > total || (current < total) != hasNext)
        {
            yield return $"{path} is {pages.GetRawText()}: current is less than total exactly when there is a next page";
        }

        if (hasNext && new Uri(next.GetString()!, UriKind.Absolute).Query.Length > 0)
        {
            yield return $"{path}.next_page has a query, to which one library appends another";
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", RegexOptions.None, 1000)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$", RegexOptions.None, 1000)]
    private static partial Regex MomentOrDay();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d))?$", RegexOptions.None, 1000)]
    private static partial Regex LocalizedTime();
}
