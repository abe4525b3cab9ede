using System.Net;
using System.Net.Sockets;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Ports for programs that cannot be told to choose one themselves.</summary>
/// <remarks>
/// From below the range that the system takes for outgoing connections: one from that range may be somebody's before the
/// program listens on it. For the same reason each process of tests has a block of its own, for as long as it holds the
/// lock of a file, and gives each port of it once before it begins again.
/// </remarks>
public static class LoopbackPort
{
    private const int First = 20_000;
    private const int Blocks = 24;
    private const int InABlock = 500;

    private static readonly Lazy<(FileStream Lock, int First)> Block = new(TakeBlock);

    private static int _next = -1;

    /// <summary>A port that nobody listens on now.</summary>
    /// <exception cref="InvalidOperationException">Every block is somebody's, or every port of this process's own.</exception>
    public static int Free()
    {
        for (int tries = 0; tries < InABlock; tries++)
        {
            int port = Block.Value.First + (int)((uint)Interlocked.Increment(ref _next) % InABlock);
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

        throw new InvalidOperationException($"Of the {InABlock} ports from {Block.Value.First} none is free.");
    }

    private static (FileStream Lock, int First) TakeBlock()
    {
        for (int block = 0; block < Blocks; block++)
        {
            try
            {
                FileStream held = new(
                    Path.Combine(Path.GetTempPath(), $"calendaractors-ports-{block}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return (held, First + (block * InABlock));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another process's, or another user's: the next one.
            }
        }

        throw new InvalidOperationException($"Each of the {Blocks} blocks of ports is taken; are tests of former runs still going on?");
    }
}
