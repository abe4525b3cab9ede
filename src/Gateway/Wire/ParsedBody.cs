using System.Text.Json;

namespace CalendarActors.Gateway.Wire;

/// <summary>A request's body taken apart, or the reason why it could not be.</summary>
internal sealed class ParsedBody
{
    private readonly JsonElement _root;
    private readonly bool _isText;

    private ParsedBody(JsonElement root, bool isText, string? problem)
    {
        _root = root;
        _isText = isText;
        Problem = problem;
    }

    /// <summary>Nothing was sent, or nothing that says anything.</summary>
    public static ParsedBody Empty { get; } = new(JsonDocument.Parse("{}").RootElement, isText: false, problem: null);

    /// <summary>Why it could not be read; null when it could.</summary>
    public string? Problem { get; }

    public static ParsedBody Of(JsonElement root, bool isText) => new(root, isText, problem: null);

    public static ParsedBody Unreadable(string problem) => new(default, isText: false, problem);

    /// <summary>Its fields.</summary>
    public RequestField Root(RequestFaults faults) => new(_root, "", _isText, faults);
}
