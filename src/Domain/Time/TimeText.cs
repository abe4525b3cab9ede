using System.Globalization;
using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>Writes times exactly as the wire's strictest reader wants them: whole seconds, four-digit years.</summary>
/// <remarks>
/// Source: the vendor's C# library throws for anything but <c>yyyy-MM-ddTHH:mm:ssZ</c>, <c>yyyy-MM-ddTHH:mm:ss±hh:mm</c>
/// and <c>yyyy-MM-dd</c>. Written as UTF-8 because answers are; years outside 0001 to 9999 become the nearest that can
/// be written.
/// </remarks>
public static class TimeText
{
    /// <summary>Bytes that the longest form takes.</summary>
    public const int MaxLength = 25;

    private static readonly long FirstSecond = -62_135_596_800;
    private static readonly long LastSecond = 253_402_300_799;

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ssZ</c>; a fraction is cut off.</summary>
    /// <param name="instant">When.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Instant instant, Span<byte> target)
    {
        WriteSeconds(instant.ToUnixTimeSeconds(), target);
        target[19] = (byte)'Z';
        return 20;
    }

    /// <summary>Writes <c>yyyy-MM-ddTHH:mm:ss±hh:mm</c>, or the form with <c>Z</c> where the offset is zero or has seconds.</summary>
    /// <param name="instant">When.</param>
    /// <param name="offset">What the zone's clock is ahead by.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(Instant instant, Offset offset, Span<byte> target)
    {
        if (offset == Offset.Zero || offset.Seconds % 60 != 0)
        {
            return Write(instant, target);
        }

        WriteSeconds(instant.ToUnixTimeSeconds() + offset.Seconds, target);
        int minutes = Math.Abs(offset.Seconds) / 60;
        target[19] = offset.Seconds < 0 ? (byte)'-' : (byte)'+';
        WriteTwoDigits(minutes / 60, target[20..]);
        target[22] = (byte)':';
        WriteTwoDigits(minutes % 60, target[23..]);
        return 25;
    }

    /// <summary>Writes <c>yyyy-MM-dd</c>.</summary>
    /// <param name="day">Which day.</param>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(LocalDate day, Span<byte> target)
    {
        int year = Math.Clamp(day.Year, 1, 9999);
        WriteTwoDigits(year / 100, target);
        WriteTwoDigits(year % 100, target[2..]);
        target[4] = (byte)'-';
        WriteTwoDigits(day.Month, target[5..]);
        target[7] = (byte)'-';
        WriteTwoDigits(day.Day, target[8..]);
        return 10;
    }

    private static void WriteSeconds(long unixSeconds, Span<byte> target) =>
        DateTime.UnixEpoch.AddSeconds(Math.Clamp(unixSeconds, FirstSecond, LastSecond))
            .TryFormat(target, out _, "s", CultureInfo.InvariantCulture);

    private static void WriteTwoDigits(int value, Span<byte> target)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
    }
}
