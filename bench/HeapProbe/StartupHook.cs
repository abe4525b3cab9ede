using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Runs inside the measured process (<c>DOTNET_STARTUP_HOOKS</c>): whoever connects to the port in <c>HEAP_PROBE_PORT</c>
/// gets the bytes that are alive after a full, compacting collection.
/// </summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("HEAP_PROBE_PORT"), CultureInfo.InvariantCulture, out int port))
        {
            new Thread(() => Answer(port)) { IsBackground = true, Name = "heap probe" }.Start();
        }
    }

    private static void Answer(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        listener.Start();
        while (true)
        {
            using TcpClient client = listener.AcceptTcpClient();
            GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            string alive = GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture);
            client.GetStream().Write(Encoding.ASCII.GetBytes(alive));
        }
    }
}
