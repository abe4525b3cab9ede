using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Providers;

/// <summary>One event to create or change at the provider; doing it twice has the effect of doing it once.</summary>
/// <param name="EventKey">
/// Names the event for ever, in letters and digits: resource name, UID or client id are made of it, so that a repeated
/// creation finds the first one.
/// </param>
/// <param name="ItemId">The item's id when it is known to exist; null to create, or find, by <paramref name="EventKey"/>.</param>
/// <param name="ItemVersion">The version we last saw, only as a hint; null when unknown.</param>
/// <param name="Change">What to change. What it leaves out stays, unknown properties included.</param>
public sealed record ProviderWrite(string EventKey, string? ItemId, string? ItemVersion, EventChange Change)
{
    /// <summary>True when the event must be there: one that is gone is <see cref="ProviderFaultKind.NotFound"/>, and not made anew.</summary>
    public bool MustExist { get; init; }
}
