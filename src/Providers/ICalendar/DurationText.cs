using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>DURATION values (RFC 5545 section 3.3.6): days are nominal, hours and below exact.</summary>
/// <param name="Days">Weeks included; same sign as <paramref name="Seconds"/>.</param>
/// <param name="Seconds">The exact part.</param>
internal readonly record struct DurationText(int Days, long Seconds)
{
    // A century: longer is nonsense, and arithmetic with it would leave the calendar.
    private const int MaxDays = 36_525;

    /// <summary>Reads a value; null when it is none, or longer than a century.</summary>
    public static DurationText? Parse(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim();
        int sign = text.StartsWith("-") ? -1 : 1;
        text = text.TrimStart("+-");
        if (text.Length < 2 || text[0] is not ('P' or 'p'))
        {
            return null;
        }

        long days = 0, seconds = 0, number = -1;
        bool isTime = false;
        foreach (char c in text[1..])
        {
            if (char.IsAsciiDigit(c))
            {
                number = (Math.Max(number, 0) * 10) + (c - '0');
                if (number > int.MaxValue)
                {
                    return null;
                }

                continue;
            }

            switch (char.ToUpperInvariant(c))
            {
                case 'T' when !isTime && number < 0:
                    isTime = true;
                    continue;
                case 'W' when !isTime && number >= 0:
                    days += number * 7;
                    break;
                case 'D' when !isTime && number >= 0:
                    days += number;
                    break;
                case 'H' when isTime && number >= 0:
                    seconds += number * 3600;
                    break;
                case 'M' when isTime && number >= 0:
                    seconds += number * 60;
                    break;
                case 'S' when isTime && number >= 0:
                    seconds += number;
                    break;
                default:
                    return null;
            }

            number = -1;
        }

        return number >= 0 || days > MaxDays || seconds > MaxDays * 86_400L
            ? null
            : new DurationText(sign * (int)days, sign * seconds);
    }

    /// <summary>A start moved by this: never before the start.</summary>
    public CalendarTime After(CalendarTime start)
    {
        if (Days < 0 || Seconds < 0)
        {
            return start;
        }

        CalendarTime moved = start.WithLocal(start.Local.PlusDays(Days));
        if (start.IsDate)
        {
            return start.WithLocal(moved.Local.PlusDays((int)(Seconds / 86_400)));
        }

        if (start.Kind != TimeKind.Zoned || Seconds == 0)
        {
            return moved.WithLocal(moved.Local.PlusSeconds(Seconds));
        }

        // Exact time in a zone: an hour over a clock change is an hour.
        DateTimeZone zone = moved.ZoneOr(DateTimeZone.Utc);
        Instant end = moved.ToInstant(zone) + Duration.FromSeconds(Seconds);
        return moved.WithLocal(end.InZone(zone).LocalDateTime);
    }
}
