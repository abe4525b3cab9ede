using System.Net;
using System.Net.Sockets;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Ports for servers that cannot be told to choose one themselves.</summary>
public static class LoopbackPort
{
    /// <summary>A port that nobody listens on now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
