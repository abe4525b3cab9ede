namespace CalendarActors.Domain.Providers;

/// <summary>The providers that this installation offers.</summary>
public interface IProviderCatalog
{
    /// <summary>The adapter for a <c>provider_name</c>; null when it is not offered.</summary>
    ICalendarProvider? Find(string providerName);
}
