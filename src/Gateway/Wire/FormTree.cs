using System.Text.Json;
using System.Text.Json.Nodes;

namespace CalendarActors.Gateway.Wire;

/// <summary>Turns the flat names of a form into the tree that the same request has as JSON.</summary>
/// <remarks>
/// As Rails reads them, because that is what the vendor's libraries write for: <c>start[time]</c> is a member,
/// <c>reminders[][minutes]</c> a list of objects in which a name that comes again begins the next object, and
/// <c>rules[0][count]</c> the same by number.
/// </remarks>
internal static class FormTree
{
    /// <summary>As deep as JSON may be.</summary>
    public const int MaxDepth = 16;

    /// <summary>More fields than any request has.</summary>
    public const int MaxFields = 2_000;

    /// <summary>The tree; null when two names contradict each other or it is too deep or wide.</summary>
    public static JsonDocument? Read(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (fields.Count > MaxFields)
        {
            return null;
        }

        JsonObject root = [];
        foreach ((string name, string value) in fields)
        {
            if (SegmentsOf(name) is not { } segments || segments.Count > MaxDepth || !Put(root, segments, value))
            {
                return null;
            }
        }

        return JsonSerializer.SerializeToDocument(root);
    }

    // "a[b][][c]" is a, b, "", c.
    private static List<string>? SegmentsOf(string name)
    {
        int open = name.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return [name];
        }

        List<string> segments = [name[..open]];
        while (open < name.Length)
        {
            int close = name.IndexOf(']', open);
            if (name[open] != '[' || close < 0)
            {
                return null;
            }

            segments.Add(name[(open + 1)..close]);
            open = close + 1;
        }

        return segments;
    }

    private static bool Put(JsonNode at, List<string> segments, string value)
    {
        for (int i = 0; i < segments.Count - 1; i++)
        {
            if (Step(at, segments[i], IsItem(segments[i + 1]), segments, i) is not { } next)
            {
                return false;
            }

            at = next;
        }

        return PutLast(at, segments[^1], value);
    }

    private static JsonNode? Step(JsonNode at, string segment, bool nextIsList, List<string> segments, int index)
    {
        if (at is JsonArray list)
        {
            string rest = string.Join('\n', segments.Skip(index + 1));
            JsonNode? last = list.Count > 0 ? list[^1] : null;
            bool beginsNext = segment.Length > 0
                ? !int.TryParse(segment, out int number) || number >= list.Count
                : last is null || Has(last, rest.Split('\n'));
            if (!beginsNext)
            {
                return segment.Length > 0 ? list[int.Parse(segment)] : last;
            }

            JsonNode item = nextIsList ? new JsonArray() : new JsonObject();
            list.Add(item);
            return item;
        }

        if (at is not JsonObject members)
        {
            return null;
        }

        if (members[segment] is { } existing)
        {
            return existing is JsonArray == nextIsList ? existing : null;
        }

        JsonNode made = nextIsList ? new JsonArray() : new JsonObject();
        members[segment] = made;
        return made;
    }

    private static bool PutLast(JsonNode at, string segment, string value)
    {
        switch (at)
        {
            case JsonArray list:
                list.Add((JsonNode)value);
                return true;
            case JsonObject members when !members.ContainsKey(segment):
                members[segment] = value;
                return true;
            default:
                return false;
        }
    }

    private static bool Has(JsonNode node, string[] rest)
    {
        JsonNode? at = node;
        foreach (string segment in rest)
        {
            if (at is not JsonObject members || !members.TryGetPropertyValue(segment, out at))
            {
                return false;
            }
        }

        return at is JsonValue;
    }

    private static bool IsItem(string segment) => segment.Length == 0 || segment.All(char.IsAsciiDigit);
}
