using System.Text.Json.Nodes;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A simulated provider in this process with two accounts, and what people do there behind the product's back.</summary>
internal abstract class SimulatedProvider : IAsyncDisposable
{
    /// <summary>Who is connected.</summary>
    public const string Email = "ada@example.test";

    /// <summary>Another account in the same browser.</summary>
    public const string OtherEmail = "eve@example.test";

    /// <summary>A value of <c>provider_name</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its button on our page.</summary>
    public abstract string Button { get; }

    /// <summary>The button on its own page that allows everything.</summary>
    public abstract string Accept { get; }

    /// <summary>What makes a node use it, by configuration key.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The titles in Ada's calendar as they truly are.</summary>
    public abstract IReadOnlyList<string> Titles { get; }

    /// <summary>True while it would tell of changes in Ada's calendar.</summary>
    public abstract bool IsWatched { get; }

    /// <summary>Starts the one with this <c>provider_name</c>.</summary>
    public static async Task<SimulatedProvider> NamedAsync(string name) =>
        name == "google" ? await SimulatedGoogle.StartAsync() : await SimulatedMicrosoft.StartAsync();

    /// <summary>Ada adds an event.</summary>
    public abstract void Add(string title);

    /// <summary>Ada takes back what she allowed.</summary>
    public abstract void Revoke();

    public abstract ValueTask DisposeAsync();

    /// <summary>An hour tomorrow, as both providers write it.</summary>
    protected static (JsonObject Start, JsonObject End) Tomorrow()
    {
        DateTime start = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9);
        return (At(start), At(start.AddHours(1)));
    }

    private static JsonObject At(DateTime time) => new() { ["dateTime"] = $"{time:s}", ["timeZone"] = "UTC" };
}
