using System.Net;
using System.Net.Sockets;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Ports for programs that cannot be told to choose one themselves.</summary>
/// <remarks>
/// Each is given once in a process, from below the range that the system takes for outgoing connections: one from that
/// range may be somebody's before the program listens on it.
/// </remarks>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = Environment.ProcessId * 97;

    /// <summary>A port that nobody listens on now.</summary>
    public static int Free()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's: the next one.
            }
        }
    }
}
