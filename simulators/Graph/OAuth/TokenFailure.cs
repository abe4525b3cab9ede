namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>A refusal of the token endpoint, with Microsoft's number for it.</summary>
internal sealed class TokenFailure(string error, int number, string description) : Exception(description)
{
    public string Error => error;

    public int Number => number;

    /// <summary><c>suberror</c>; null without one.</summary>
    public string? SubError { get; init; }
}
