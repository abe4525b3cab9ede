using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.Bench.Peers;

/// <summary>What we are compared with, each in a process of its own.</summary>
internal static class PeerProgram
{
    public static Task RunAsync(string kind, string[] arguments) => kind switch
    {
        "fixed" => FixedPeer.RunAsync(arguments[0]),
        "sql" => SqlPeer.RunAsync(arguments[0], arguments[1]),
        "meetings" => MeetingPeer.RunAsync(arguments[0], arguments[1]),
        "caldav" => CalDavPeer.RunAsync(arguments[0], arguments[1]),
        _ => throw new ArgumentException($"There is no peer {kind}.", nameof(kind)),
    };

    /// <summary>Starts one and waits until it answers.</summary>
    public static Task<MeasuredProcess> StartAsync(string kind, params string[] arguments)
    {
        Uri address = new($"http://127.0.0.1:{LoopbackPort.Free()}");
        return MeasuredProcess.StartAsync(
            "dotnet",
            [Repository.Bench, "peer", kind, address.ToString().TrimEnd('/'), .. arguments],
            new Dictionary<string, string>(),
            address,
            "/ready");
    }

    /// <summary>A server with nothing in the way: no logging, no host filtering.</summary>
    internal static WebApplication Server(string address)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        WebApplication app = builder.Build();
        app.MapGet("/ready", () => Results.Ok());
        return app;
    }
}
