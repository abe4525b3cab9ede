using System.Text;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Google;
using CalendarActors.Providers.Outbound;
using CalendarActors.Simulators.Google;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>The simulated Google with one login; the other client is its owner in Google's own pages.</summary>
public sealed class GoogleUnderTest : ProviderUnderTest
{
    public const string Email = "alice@example.com";

    private readonly GoogleSimulatorOptions _options;
    private ServiceProvider? _services;
    private string _token = "";

    public GoogleUnderTest()
        : this(new GoogleSimulatorOptions())
    {
    }

    internal GoogleUnderTest(GoogleSimulatorOptions options) => _options = options;

    public GoogleSimulator Simulator { get; private set; } = null!;

    public override ICalendarProvider Provider =>
        _services!.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Google)!;

    public override ProviderAccess Typed => new(ProviderNames.Google, null, Email, _token);

    // Rows have no place for properties that only iCalendar has.
    public override bool KeepsText => false;

    /// <summary>An attendee is the person ("self") in their primary calendar alone, and these are others.</summary>
    public override bool KeepsDeclinedTime => true;

    public override string Sibling(string itemId, string from, string to) => IdOf(
        Encoding.UTF8.GetString(Convert.FromHexString(itemId)).Replace(from, to, StringComparison.Ordinal));

    public override Task StoreAsync(string calendarId, string name, string calendarText)
    {
        (JsonObject master, IReadOnlyList<JsonObject> exceptions) = GoogleTexts.Rows(calendarText);
        string id = Simulator.ListEvents(calendarId).Any(e => Text(e, "id") == name) ? name : IdOf(name);
        master["id"] = id;
        Simulator.PutEvent(calendarId, master);
        foreach (JsonObject exception in exceptions)
        {
            Simulator.PatchEvent(calendarId, GoogleTexts.InstanceId(id, exception), new JsonObject
            {
                ["summary"] = exception["summary"]!.DeepClone(),
                ["start"] = exception["start"]!.DeepClone(),
                ["end"] = exception["end"]!.DeepClone(),
            });
        }

        return Task.CompletedTask;
    }

    public override Task RemoveAsync(string calendarId, string itemId)
    {
        Simulator.DeleteEvent(calendarId, itemId);
        return Task.CompletedTask;
    }

    public override Task RemoveCalendarAsync(string calendarId)
    {
        Simulator.DeleteCalendar(calendarId);
        return Task.CompletedTask;
    }

    public override Task<string?> ReadAsync(string calendarId, string itemId) =>
        Task.FromResult(Simulator.ListEvents(calendarId).FirstOrDefault(e => Text(e, "id") == itemId)?.ToJsonString());

    public override Task<IReadOnlyList<string>> ListAsync(string calendarId) => Task.FromResult<IReadOnlyList<string>>(
        [.. Simulator.ListEvents(calendarId).Where(e => e["recurringEventId"] is null).Select(e => Text(e, "id")!)]);

    public override async Task InitializeAsync()
    {
        Simulator = await GoogleSimulator.StartAsync(_options);
        Simulator.AddUser(Email, "Alice");
        _token = NewToken();
        _services = new ServiceCollection()
            .AddSingleton(_options.Time)
            .AddCalendarActorsProviders(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.1",
                [$"{GoogleOptions.Section}:ClientId"] = Simulator.ClientId,
                [$"{GoogleOptions.Section}:ClientSecret"] = Simulator.ClientSecret,
                [$"{GoogleOptions.Section}:AuthorizationEndpoint"] = Simulator.AuthorizationEndpoint.AbsoluteUri,
                [$"{GoogleOptions.Section}:TokenEndpoint"] = Simulator.TokenEndpoint.AbsoluteUri,
                [$"{GoogleOptions.Section}:RevocationEndpoint"] = Simulator.RevocationEndpoint.AbsoluteUri,
                [$"{GoogleOptions.Section}:UserInfoEndpoint"] = Simulator.UserInfoEndpoint.AbsoluteUri,
                [$"{GoogleOptions.Section}:ApiBaseUrl"] = Simulator.ApiBaseUrl.AbsoluteUri,
            }).Build())
            .BuildServiceProvider();
    }

    public override async Task DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await Simulator.DisposeAsync();
    }

    /// <summary>A new access token of the login.</summary>
    internal string NewToken() => Simulator.IssueTokens(Email).AccessToken;

    // Hexadecimal digits are letters of Google's ids too.
    private static string IdOf(string name) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));

    private static string? Text(JsonObject row, string name) => row[name]?.GetValue<string>();
}
