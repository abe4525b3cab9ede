using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Graph;

namespace CalendarActors.Standalone;

/// <summary>Simulated Google and Microsoft beside the node, so that a newcomer can connect calendars without an account.</summary>
/// <remarks>They forget everything when the process ends: what was connected to them must be connected again then.</remarks>
internal sealed class Sandbox : IAsyncDisposable
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--sandbox";

    private readonly GoogleSimulator? _google;
    private readonly GraphSimulator? _graph;

    private Sandbox(GoogleSimulator? google, GraphSimulator? graph)
    {
        _google = google;
        _graph = graph;
    }

    /// <summary>The page where the simulated Google's events are edited; null without a sandbox.</summary>
    public Uri? GooglePage => _google?.Address;

    /// <summary>The page where the simulated Microsoft's events are edited; null without a sandbox.</summary>
    public Uri? MicrosoftPage => _graph?.Authority;

    /// <summary>The arguments that are left for the node.</summary>
    public static string[] Rest(string[] args) => [.. args.Where(a => a != Argument)];

    /// <summary>Starts it when the arguments ask for it; otherwise there is nothing in it.</summary>
    /// <exception cref="StartRefusedException">A port is taken.</exception>
    public static async Task<Sandbox> StartAsync(string[] args)
    {
        if (!args.Contains(Argument, StringComparer.Ordinal))
        {
            return new Sandbox(null, null);
        }

        SandboxOptions options = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(Rest(args)).Build()
            .ReadOptions<SandboxOptions>(SandboxOptions.Section);
        if (options.Problems().FirstOrDefault() is { } problem)
        {
            throw new StartRefusedException(problem);
        }

        try
        {
            return new Sandbox(
                await GoogleSandbox.StartAsync(options.GooglePort, TimeProvider.System),
                await GraphSandbox.StartAsync(options.MicrosoftPort, TimeProvider.System));
        }
        catch (IOException)
        {
            throw new StartRefusedException(
                $"Port {options.GooglePort} or {options.MicrosoftPort} is taken. Set CalendarActors__Sandbox__GooglePort and "
                + "CalendarActors__Sandbox__MicrosoftPort to free ports, or to 0 for any.");
        }
    }

    /// <summary>What makes the node use it, by configuration key; nothing without a sandbox.</summary>
    public IReadOnlyDictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (_google is null || _graph is null)
        {
            return settings;
        }

        settings["CalendarActors:Pages:IsSandbox"] = "true";
        settings["CalendarActors:Outbound:AllowedHosts:sandbox-google"] = _google.Address.Authority;
        settings["CalendarActors:Outbound:AllowedHosts:sandbox-microsoft"] = _graph.Authority.Authority;
        foreach ((string key, object value) in new (string, object)[]
        {
            ("Google:ClientId", _google.ClientId),
            ("Google:ClientSecret", _google.ClientSecret),
            ("Google:AuthorizationEndpoint", _google.AuthorizationEndpoint),
            ("Google:TokenEndpoint", _google.TokenEndpoint),
            ("Google:RevocationEndpoint", _google.RevocationEndpoint),
            ("Google:UserInfoEndpoint", _google.UserInfoEndpoint),
            ("Google:ApiBaseUrl", _google.ApiBaseUrl),
            ("Microsoft:ClientId", "5a9b0c8e-0000-4f6e-8a5f-5a4db0c11e47"),
            ("Microsoft:ClientSecret", "sandbox-secret"),
            ("Microsoft:Authority", new Uri(_graph.Authority, "common")),
            ("Microsoft:GraphBaseUrl", _graph.GraphBaseUrl),
        })
        {
            settings["CalendarActors:Providers:" + key] = value.ToString();
        }

        return settings;
    }

    public async ValueTask DisposeAsync()
    {
        await (_google?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_graph?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
