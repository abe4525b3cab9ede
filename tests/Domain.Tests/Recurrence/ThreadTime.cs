using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>The processor time that this thread has used: the machine's other load does not count.</summary>
internal static class ThreadTime
{
    private const int ClockOfThisThread = 3;

    /// <summary>On Linux; elsewhere the time that has passed, which is never less.</summary>
    internal static TimeSpan Now =>
        OperatingSystem.IsLinux() && GetTime(ClockOfThisThread, out TimeSpec time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000)
            : Stopwatch.GetElapsedTime(0);

    // Not LibraryImport: what it generates needs unsafe code.
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
