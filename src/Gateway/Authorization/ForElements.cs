namespace CalendarActors.Gateway.Authorization;

/// <summary>Marks a call that a browser element may make, with one of these permissions.</summary>
internal sealed record ForElements(params IReadOnlyList<string> Permissions);
