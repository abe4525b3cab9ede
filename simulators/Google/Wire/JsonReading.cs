using System.Text.Json;
using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>Short ways to look into JSON.</summary>
internal static class JsonReading
{
    /// <summary>A string member; null when it is absent or not a string.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static JsonObject? Object(this JsonObject json, string name) => json[name] as JsonObject;

    public static JsonObject Copy(this JsonObject json) => (JsonObject)json.DeepClone();

    /// <summary>A body that must be an object.</summary>
    public static JsonObject Body(string text)
    {
        try
        {
            return JsonNode.Parse(text.Length == 0 ? "{}" : text) as JsonObject
                ?? throw new GoogleProblemException(400, "parseError", "Parse Error");
        }
        catch (JsonException)
        {
            throw new GoogleProblemException(400, "parseError", "Parse Error");
        }
    }

    /// <summary>Merges as Google's PATCH does: objects by member, arrays whole, null removes.</summary>
    public static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                into.Remove(name);
            }
            else if (value is JsonObject inner && into[name] is JsonObject existing)
            {
                Merge(existing, inner);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }
}
