using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>One failed provider call.</summary>
/// <param name="Kind">Which of the closed list.</param>
/// <param name="Detail">A sentence for an operator: status and stage, never a secret, an address of a person, or a title.</param>
/// <param name="NotBefore">When the provider asked to be left alone until; null when it did not.</param>
public sealed record ProviderFault(ProviderFaultKind Kind, string Detail, Instant? NotBefore = null);
