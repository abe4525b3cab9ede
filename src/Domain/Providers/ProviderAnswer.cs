using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Providers;

/// <summary>An invitation to answer; doing it twice has the effect of doing it once.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Answer">What the person answers. The address is a hint where the provider knows by itself who they are.</param>
public sealed record ProviderAnswer(string ItemId, EventAnswer Answer);
