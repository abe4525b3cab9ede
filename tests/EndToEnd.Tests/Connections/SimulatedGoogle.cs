using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A Google with two accounts.</summary>
internal sealed class SimulatedGoogle : SimulatedProvider
{
    private readonly GoogleSimulator _google;

    private SimulatedGoogle(GoogleSimulator google) => _google = google;

    public override string Name => "google";

    public override string Button => "Google Calendar";

    public override string Accept => "Allow";

    public override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CalendarActors:Providers:Google:ClientId"] = _google.ClientId,
        ["CalendarActors:Providers:Google:ClientSecret"] = _google.ClientSecret,
        ["CalendarActors:Providers:Google:AuthorizationEndpoint"] = $"{_google.AuthorizationEndpoint}",
        ["CalendarActors:Providers:Google:TokenEndpoint"] = $"{_google.TokenEndpoint}",
        ["CalendarActors:Providers:Google:RevocationEndpoint"] = $"{_google.RevocationEndpoint}",
        ["CalendarActors:Providers:Google:UserInfoEndpoint"] = $"{_google.UserInfoEndpoint}",
        ["CalendarActors:Providers:Google:ApiBaseUrl"] = $"{_google.ApiBaseUrl}",
    };

    public override IReadOnlyList<string> Titles => [.. _google.ListEvents(Email).Select(e => (string)e["summary"]!)];

    public override bool IsWatched => _google.OpenChannels(Email).Count > 0;

    /// <summary>The other side of the wire.</summary>
    public GoogleSimulator Simulator => _google;

    public static async Task<SimulatedGoogle> StartAsync()
    {
        GoogleSimulator google = await GoogleSimulator.StartAsync(new GoogleSimulatorOptions { DeliversByItself = true });
        google.AddUser(Email, "Ada Lovelace");
        google.AddUser(OtherEmail, "Eve Other");
        return new SimulatedGoogle(google);
    }

    public override void Add(string title)
    {
        (JsonObject start, JsonObject end) = Tomorrow();
        _google.PutEvent(Email, new JsonObject { ["summary"] = title, ["start"] = start, ["end"] = end });
    }

    public override void Revoke() => _google.RevokeGrant(Email);

    public override ValueTask DisposeAsync() => _google.DisposeAsync();
}
