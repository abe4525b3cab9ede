using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Grains.Sync;

/// <summary>Spreads keys evenly and alike every time: a failing test replays, and a restart moves nobody.</summary>
internal static class Chance
{
    /// <summary>0 inclusive to 1 exclusive.</summary>
    public static double Of(string key, long salt = 0) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt} {key}"))) / (uint.MaxValue + 1.0);

    /// <summary>A duration, up to a tenth shorter or longer.</summary>
    public static TimeSpan Jitter(TimeSpan duration, string key, long salt = 0) =>
        duration * (0.9 + (0.2 * Of(key, salt)));
}
