using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>An accepted deletion of every event that an application has in a calendar.</summary>
/// <param name="Sequence">Its place among the writes: those accepted before it are covered, later ones are not.</param>
/// <param name="ClientId">The application.</param>
/// <param name="Accepted">When it was accepted.</param>
public sealed record Clearing(long Sequence, string ClientId, Instant Accepted);
