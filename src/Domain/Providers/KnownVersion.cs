namespace CalendarActors.Domain.Providers;

/// <summary>An item as we have it.</summary>
/// <param name="Version">As in <see cref="ProviderItem.Version"/>.</param>
/// <param name="IsManaged">
/// True when an application of ours wrote it: it is kept whatever its date, so a provider that lists a window only must
/// look it up before it says that it is gone.
/// </param>
public readonly record struct KnownVersion(string? Version, bool IsManaged);
