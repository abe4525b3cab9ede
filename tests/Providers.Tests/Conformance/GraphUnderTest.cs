using System.Text.Json.Nodes;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Providers.Outbound;
using CalendarActors.Simulators.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>The simulated Graph with one login; the other client is its owner in Outlook.</summary>
public sealed class GraphUnderTest : ProviderUnderTest
{
    public const string Email = "alice@example.com";

    private readonly GraphSimulatorOptions _options;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private ServiceProvider? _services;
    private string _token = "";

    public GraphUnderTest()
        : this(new GraphSimulatorOptions())
    {
    }

    internal GraphUnderTest(GraphSimulatorOptions options) => _options = options;

    public GraphSimulator Simulator { get; private set; } = null!;

    public GraphUser User { get; private set; } = null!;

    public override ICalendarProvider Provider =>
        _services!.GetRequiredService<IProviderCatalog>().Find(ProviderNames.Office365)!;

    public override ProviderAccess Typed => new(ProviderNames.Office365, null, Email, _token);

    // Events have no place for properties that only iCalendar has.
    public override bool KeepsText => false;

    public override string Sibling(string itemId, string from, string to)
    {
        string name = _ids.First(pair => pair.Value == itemId).Key;
        return _ids.GetValueOrDefault(name.Replace(from, to, StringComparison.Ordinal), $"{itemId}X");
    }

    // Exchange takes each name once, and the simulated calendars have no color when they are made.
    public override string SecondNameOf(string name) => $"{name} (2)";

    public override string? ColorOf(string hex) => null;

    // Ids are the server's own, so nobody knows that of an event that is not there.
    public override string GoneId(string itemId, string eventKey) => eventKey;

    public override Task StoreAsync(string calendarId, string name, string calendarText)
    {
        string key = $"{calendarId}/{name}";
        string? id = Simulator.TrueEvents(calendarId).Any(e => Text(e, "id") == name) ? name : _ids.GetValueOrDefault(key);
        GraphTexts texts = GraphTexts.Of(calendarText);
        if (id is null)
        {
            _ids[key] = id = Simulator.PutEvent(calendarId, texts.Event);
        }
        else
        {
            texts.Event.Remove("transactionId");
            Simulator.PatchEvent(calendarId, id, texts.Event);
        }

        foreach (DateOnly day in texts.Cancelled)
        {
            Simulator.DeleteEvent(calendarId, GraphSimulator.OccurrenceId(id, day));
        }

        foreach ((DateOnly day, JsonObject fields) in texts.Exceptions)
        {
            Simulator.PatchEvent(calendarId, GraphSimulator.OccurrenceId(id, day), fields);
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
        Task.FromResult(Simulator.TrueEvents(calendarId).FirstOrDefault(e => Text(e, "id") == itemId)?.ToJsonString());

    public override Task<IReadOnlyList<string>> ListAsync(string calendarId) =>
        Task.FromResult<IReadOnlyList<string>>([.. Simulator.TrueEvents(calendarId).Select(e => Text(e, "id")!)]);

    public override async Task InitializeAsync()
    {
        Simulator = await GraphSimulator.StartAsync(_options);
        User = Simulator.AddUser(Email, "Alice", "11111111-2222-3333-4444-555555555555");
        _token = NewToken();
        _services = new ServiceCollection()
            .AddSingleton(_options.Time)
            .AddCalendarActorsProviders(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"{OutboundOptions.Section}:AllowedHosts:0"] = "127.0.0.1",
                [$"{MicrosoftOptions.Section}:ClientId"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                [$"{MicrosoftOptions.Section}:ClientSecret"] = "secret",
                [$"{MicrosoftOptions.Section}:Authority"] = $"{Simulator.Authority}common",
                [$"{MicrosoftOptions.Section}:GraphBaseUrl"] = Simulator.GraphBaseUrl,
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
    internal string NewToken() => Simulator.IssueTokens(User).AccessToken;

    private static string? Text(JsonObject row, string name) => row[name]?.GetValue<string>();
}
