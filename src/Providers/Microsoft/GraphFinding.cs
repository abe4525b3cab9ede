using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>The event that a write is about.</summary>
/// <param name="Row">Null when there is none yet.</param>
internal sealed record GraphFinding(Event? Row);
