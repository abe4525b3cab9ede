namespace CalendarActors.Simulators.Graph.OAuth;

/// <summary>One user's consent to one application.</summary>
/// <param name="User">Who.</param>
/// <param name="ClientId">To which application.</param>
/// <param name="Scopes">What was allowed.</param>
internal sealed record Grant(GraphUser User, string ClientId, IReadOnlyList<string> Scopes);
