using System.Net;
using System.Net.Sockets;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CalendarActors.Silo.Hosting;

/// <summary>Refuses to start on a port that another process has, and says which setting chooses another.</summary>
internal sealed class NodePorts(IOptions<NodeOptions> options)
{
    /// <summary>Tries the two ports of the cluster; Orleans would fail on them much later, and say less.</summary>
    /// <exception cref="StartRefusedException">One of them is taken.</exception>
    public void Check()
    {
        Check(options.Value.SiloPort, "CalendarActors__Cluster__SiloPort");
        Check(options.Value.GatewayPort, "CalendarActors__Cluster__GatewayPort");
    }

    /// <summary>What an operator can do about a failure to listen for HTTP; null for another failure.</summary>
    public static string? Remedy(Exception failure) => failure is IOException { InnerException: AddressInUseException }
        ? $"{failure.Message.TrimEnd('.')}. Stop the process that uses it, or choose another address with --urls or ASPNETCORE_URLS."
        : null;

    private static void Check(int port, string setting)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new StartRefusedException(
                $"Port {port}, on which this node talks to its cluster, cannot be used ({fault.Message}). Stop the process "
                + $"that uses it, or set {setting} to another port.",
                fault);
        }
    }
}
