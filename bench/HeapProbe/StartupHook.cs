using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Runs inside the measured process (<c>DOTNET_STARTUP_HOOKS</c>): whoever connects to the port in <c>HEAP_PROBE_PORT</c>
/// gets the bytes that are alive after a full, compacting collection, and how many reminders Orleans delivered so far, how
/// many seconds late together and the latest.
/// </summary>
internal static class StartupHook
{
    private static readonly MeterListener Listener = new();
    private static readonly Lock Gate = new();
    private static long _ticks;
    private static double _late;
    private static double _latest;

    /// <summary>Called by the runtime before Main.</summary>
    public static void Initialize()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("HEAP_PROBE_PORT"), CultureInfo.InvariantCulture, out int port))
        {
            Listen();
            new Thread(() => Answer(port)) { IsBackground = true, Name = "heap probe" }.Start();
        }
    }

    private static void Listen()
    {
        Listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "orleans-reminders-tardiness")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        Listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (Gate)
            {
                _ticks++;
                _late += seconds;
                _latest = Math.Max(_latest, seconds);
            }
        });
        Listener.Start();
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
            long alive = GC.GetTotalMemory(forceFullCollection: false);
            lock (Gate)
            {
                string all = string.Create(CultureInfo.InvariantCulture, $"{alive} {_ticks} {_late} {_latest}");
                client.GetStream().Write(Encoding.ASCII.GetBytes(all));
            }
        }
    }
}
