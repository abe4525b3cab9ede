using System.Text.Json;

namespace CalendarActors.TestKit.Callbacks;

/// <summary>One call of a callback.</summary>
/// <param name="Body">As it came.</param>
/// <param name="Headers">By name, whatever its letter case.</param>
public sealed record HookCall(string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>What it tells.</summary>
    public string Type => Json.GetProperty("notification").GetProperty("type").GetString()!;
}
