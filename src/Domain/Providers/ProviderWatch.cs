using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>A watch that a provider has taken.</summary>
/// <param name="Id">Google: the channel id that we chose. Graph: the subscription id that it gave.</param>
/// <param name="ResourceId">Google: what a channel is stopped with, and names in its notifications. Null for Graph.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record ProviderWatch(string Id, string? ResourceId, Instant ExpiresAt);
