using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Bench.Peers;

/// <summary>npm oidc-provider with its in-memory store; <c>bench/run</c> installs it.</summary>
internal sealed class OidcPeer : IAsyncDisposable
{
    private readonly MeasuredProcess _process;

    private OidcPeer(MeasuredProcess process, string script)
    {
        _process = process;
        Script = script;
    }

    public Uri TokenEndpoint => new(_process.Address, "/token");

    /// <summary>A wrk script with a refresh token that the peer made for us.</summary>
    public string Script { get; }

    /// <returns>Null, with a note, where it is not installed.</returns>
    public static async Task<OidcPeer?> TryStartAsync()
    {
        string folder = Path.Combine(Repository.Root, "bench/oidc-peer");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Report.Line("  (npm oidc-provider is not installed: left out)");
            return null;
        }

        int port = LoopbackPort.Free();
        string script = Path.Combine(Directory.CreateTempSubdirectory("calendaractors-bench").FullName, "oidc.lua");
        MeasuredProcess process = await MeasuredProcess.StartAsync(
            "node",
            [Path.Combine(folder, "server.mjs"), $"{port}", script],
            new Dictionary<string, string> { ["NODE_ENV"] = "production" },
            new Uri($"http://127.0.0.1:{port}"),
            "/.well-known/openid-configuration");
        return new OidcPeer(process, script);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
