using CalendarActors.TestKit.CalDavServers;
using CalendarActors.TestKit.Machine;
using CalendarActors.TestKit.Nodes;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>HAProxy as the cluster has it, from Debian's package haproxy.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private Proxy(ServerProcess process, int port)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Calls through it.</summary>
    public HttpClient Http { get; }

    public static async Task<Proxy> StartAsync(params Uri[] gateways)
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CalendarActors.sln")))
        {
            root = root.Parent!;
        }

        int port = RunningNode.FreePort();
        string servers = Path.Combine(Directory.CreateTempSubdirectory("calendaractors-proxy").FullName, "servers.cfg");
        await File.WriteAllLinesAsync(servers,
        [
            "backend gateways",
            .. gateways.Select((gateway, n) => $"    server gateway-{n} {gateway.Authority} check"),
            "    option allbackups",
            .. gateways.Select((gateway, n) => $"    server unready-{n} {gateway.Authority} backup"),
        ]);
        ServerProcess process = ServerProcess.Start(
            "env", $"PROXY_LISTENS=127.0.0.1:{port}", Installed.Find("haproxy")!, "-db",
            "-f", Path.Combine(root.FullName, "deploy/proxy/haproxy.cfg"), "-f", servers);
        await process.ListeningAsync(port);
        return new Proxy(process, port);
    }

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return _process.DisposeAsync();
    }
}
