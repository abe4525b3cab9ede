using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class MicrosoftOptionsTests
{
    private const string ClientId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    [Fact]
    public void Catalog_WhenThereIsNoClientId_OffersNoMicrosoft()
    {
        using ServiceProvider services = Services();
        IProviderCatalog catalog = services.GetRequiredService<IProviderCatalog>();

        Assert.Null(catalog.Find(ProviderNames.Office365));
        Assert.Null(catalog.Find(ProviderNames.LiveConnect));
        Assert.NotNull(catalog.Find(ProviderNames.CalDav));
    }

    [Fact]
    public void Catalog_WhenThereIsAnApplication_OffersBothNames()
    {
        using ServiceProvider services = Services(("ClientId", ClientId), ("ClientSecret", "s"));
        ICalendarProvider? provider = services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Office365);

        Assert.Same(provider, services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.LiveConnect));
        Assert.NotNull(provider?.Login);
        Assert.True(provider.Watches?.AreRenewedInPlace);
    }

    [Fact]
    public void Options_WhenEverythingIsWrong_SayAllOfItWithTheRemedy()
    {
        using ServiceProvider services = Services(
            ("ClientId", "me"), ("Authority", "https://login.microsoftonline.com"), ("GraphBaseUrl", "graph.microsoft.com"));

        var thrown = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<MicrosoftOptions>>().Value);

        Assert.Equal(4, thrown.Failures.Count());
        Assert.All(thrown.Failures, failure => Assert.StartsWith("CalendarActors:Providers:Microsoft:", failure, StringComparison.Ordinal));
        Assert.Contains("Application (client) ID", thrown.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddCalendarActorsProviders(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>($"{MicrosoftOptions.Section}:{s.Name}", s.Value)))
            .Build())
        .BuildServiceProvider();
}
