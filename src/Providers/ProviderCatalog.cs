using System.Collections.Frozen;
using CalendarActors.Domain.Providers;

namespace CalendarActors.Providers;

/// <summary>The adapters by each <c>provider_name</c> that they serve.</summary>
internal sealed class ProviderCatalog(IEnumerable<ICalendarProvider> providers) : IProviderCatalog
{
    private readonly FrozenDictionary<string, ICalendarProvider> _byName = providers
        .SelectMany(provider => provider.Names, (provider, name) => (name, provider))
        .ToFrozenDictionary(pair => pair.name, pair => pair.provider, StringComparer.Ordinal);

    public ICalendarProvider? Find(string providerName) => _byName.GetValueOrDefault(providerName);
}
