using System.Net;
using CalendarActors.Simulators.Google;
using CalendarActors.Simulators.Graph;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Simulators.Sandbox;

/// <summary>The simulated Google and Microsoft as a process of their own, for a cluster. They forget everything at its end.</summary>
/// <remarks>
/// By environment or command line: <c>SANDBOX_GooglePort</c> (5081), <c>SANDBOX_MicrosoftPort</c> (5082);
/// <c>SANDBOX_Host</c>, the IP address under which browsers and nodes reach it (loopback when not set; else it listens at
/// every address of the machine); <c>SANDBOX_NotifyAt</c>, where notifications go when the address that a node gave for
/// them cannot be reached from here.
/// </remarks>
internal sealed partial class SandboxRun(IConfiguration configuration, ILogger<SandboxRun> logger) : IHostedService
{
    private GoogleSimulator? _google;
    private GraphSimulator? _graph;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string? host = configuration["Host"];
        IPAddress listensAt = string.IsNullOrEmpty(host) ? IPAddress.Loopback : IPAddress.Any;
        int googlePort = configuration.GetValue("GooglePort", 5081);
        int microsoftPort = configuration.GetValue("MicrosoftPort", 5082);
        _google = await GoogleSandbox.StartAsync(
            new GoogleSimulatorOptions
            {
                ListensAt = listensAt,
                Port = googlePort,
                Address = AddressOf(host, googlePort),
                DeliversByItself = true,
                NotificationHandler = NotificationHandler(),
            },
            cancellationToken);
        _graph = await GraphSandbox.StartAsync(
            new GraphSimulatorOptions
            {
                ListensAt = listensAt,
                Port = microsoftPort,
                Address = AddressOf(host, microsoftPort),
                DeliversNotificationsByItself = true,
                NotificationHandler = NotificationHandler(),
            },
            cancellationToken);
        LogServing(_google.Address, _graph.Authority);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await (_google?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_graph?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static Uri? AddressOf(string? host, int port) =>
        string.IsNullOrEmpty(host) ? null : new UriBuilder(Uri.UriSchemeHttp, host, port).Uri;

    private NotificationsAt? NotificationHandler() =>
        configuration["NotifyAt"] is { Length: > 0 } address ? new NotificationsAt(new Uri(address)) : null;

    [LoggerMessage(Level = LogLevel.Information, Message =
        "Edit the events of the simulated Google at {Google} and of the simulated Microsoft at {Microsoft}; "
        + "both forget everything at the end of this process")]
    private partial void LogServing(Uri google, Uri microsoft);
}
