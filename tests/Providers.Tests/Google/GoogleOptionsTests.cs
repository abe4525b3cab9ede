using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Google;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Tests.Google;

/// <summary>When Google is offered, and what is said about wrong options.</summary>
public sealed class GoogleOptionsTests : GoogleScene
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Composition_WhenThereIsNoClientId_DoesNotOfferGoogle(string? clientId)
    {
        using ServiceProvider services = Services(new Dictionary<string, string?> { ["ClientId"] = clientId, ["ApiBaseUrl"] = "nonsense" });

        Assert.Null(services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Google));
        Assert.NotNull(services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.CalDav));
        Assert.NotNull(services.GetRequiredService<IOptions<GoogleOptions>>().Value);
    }

    [Fact]
    public void Composition_WhenOnlyTheClientIsNamed_UsesGooglesOwnAddresses()
    {
        using ServiceProvider services = Services(new Dictionary<string, string?> { ["ClientId"] = "c", ["ClientSecret"] = "s" });
        ICalendarProvider provider = services.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Google)!;

        Assert.True(provider.HasRemote);
        Assert.False(provider.Watches!.AreRenewedInPlace);
        Assert.Equal("accounts.google.com", provider.Login!.AuthorizeUri("google", "s", "c", new Uri("https://us.example/"), null).Host);
    }

    [Theory]
    [InlineData("ClientSecret", "", "ClientSecret is missing")]
    [InlineData("TokenEndpoint", "oauth2.googleapis.com/token", "TokenEndpoint is no http or https address")]
    [InlineData("AuthorizationEndpoint", "file:///etc/passwd", "AuthorizationEndpoint is no http or https address")]
    [InlineData("RevocationEndpoint", "https://user:password@example.com/", "RevocationEndpoint is no http or https address")]
    [InlineData("UserInfoEndpoint", "https://example.com/#top", "UserInfoEndpoint is no http or https address")]
    [InlineData("ApiBaseUrl", "https://www.googleapis.com/calendar/v3", "ApiBaseUrl must end in a slash")]
    public void Options_WhenOneIsWrong_SaysWhichAndWhatToDo(string key, string value, string expected)
    {
        using ServiceProvider services = Services(new Dictionary<string, string?> { ["ClientId"] = "c", ["ClientSecret"] = "s", [key] = value });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<GoogleOptions>>().Value);

        Assert.Contains($"{GoogleOptions.Section}:{expected}", Assert.Single(error.Failures), StringComparison.Ordinal);
    }
}
