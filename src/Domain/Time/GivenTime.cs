using NodaTime;

namespace CalendarActors.Domain.Time;

/// <summary>A time as an application writes it: a day, or a moment on the line.</summary>
/// <remarks>
/// Applications are read more leniently than the vendor documents (docs.cronofy.com, "Data types"), because its own
/// libraries write more than that: a <c>T</c> or a space between day and time, <c>Z</c> or <c>±hh:mm</c> behind it, and
/// a fraction as long as it is zero. A time without an offset is refused: it names no moment. A moment after 9999-12-29
/// counts as one on that day, so that no zone carries it out of the calendar.
/// </remarks>
public readonly record struct GivenTime
{
    private const int DateLength = 10;
    private const int TimeLength = 19;

    private static readonly LocalDate LastDayOfMoments = new(9999, 12, 29);

    private readonly Instant _moment;

    private GivenTime(LocalDate? day, Instant moment)
    {
        Day = day;
        _moment = moment;
    }

    /// <summary>The day when a whole day was written; else null.</summary>
    public LocalDate? Day { get; }

    /// <summary>Reads a text.</summary>
    /// <returns>Null when it is neither a day nor a moment, or does not exist in the calendar.</returns>
    public static GivenTime? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < DateLength || DateOf(text[..DateLength]) is not { } date)
        {
            return null;
        }

        if (text.Length == DateLength)
        {
            return new GivenTime(date, default);
        }

        if (text.Length <= TimeLength || text[DateLength] is not ('T' or 't' or ' ')
            || TimeOf(text[(DateLength + 1)..TimeLength]) is not { } time
            || OffsetOf(WithoutZeroFraction(text[TimeLength..])) is not { } offset)
        {
            return null;
        }

        return new GivenTime(null, LocalDate.Min(date, LastDayOfMoments).At(time).WithOffset(offset).ToInstant());
    }

    /// <summary>The day meant: a moment is cut to its day in <paramref name="zone"/>.</summary>
    public LocalDate DayIn(DateTimeZone zone) => Day ?? _moment.InZone(zone).Date;

    /// <summary>The moment meant: of a day, its first one in <paramref name="zone"/>.</summary>
    public Instant MomentIn(DateTimeZone zone) => Day is { } day ? DayStart.Of(day, zone) : _moment;

    /// <summary>The time as a calendar keeps it.</summary>
    /// <remarks>
    /// A moment that a zone's clock shows twice cannot be written in that zone when it is the second one: such a moment
    /// stays in UTC, which is when it happens.
    /// </remarks>
    /// <param name="zoneId">The IANA zone it is to be kept in; null for UTC.</param>
    public CalendarTime In(string? zoneId)
    {
        if (Day is { } day)
        {
            return CalendarTime.OnDate(day);
        }

        if (zoneId is null || ZoneIds.IsUtc(zoneId))
        {
            return CalendarTime.Utc(_moment);
        }

        CalendarTime local = CalendarTime.InZone(_moment.InZone(DateTimeZoneProviders.Tzdb[zoneId]).LocalDateTime, zoneId);
        return local.ToInstant(DateTimeZone.Utc) == _moment ? local : CalendarTime.Utc(_moment);
    }

    private static LocalDate? DateOf(ReadOnlySpan<char> text)
    {
        if (text[4] != '-' || text[7] != '-'
            || Number(text[..4]) is not { } year || Number(text[5..7]) is not { } month || Number(text[8..]) is not { } day)
        {
            return null;
        }

        bool exists = year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month);
        return exists ? new LocalDate(year, month, day) : null;
    }

    private static LocalTime? TimeOf(ReadOnlySpan<char> text)
    {
        if (text[2] != ':' || text[5] != ':'
            || Number(text[..2]) is not { } hour || Number(text[3..5]) is not { } minute || Number(text[6..]) is not { } second)
        {
            return null;
        }

        return hour < 24 && minute < 60 && second < 60 ? new LocalTime(hour, minute, second) : null;
    }

    private static ReadOnlySpan<char> WithoutZeroFraction(ReadOnlySpan<char> text)
    {
        if (text[0] != '.')
        {
            return text;
        }

        ReadOnlySpan<char> rest = text[1..].TrimStart('0');
        return rest.Length == text.Length - 1 ? text : rest;
    }

    private static Offset? OffsetOf(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return Offset.Zero;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || Number(text[1..3]) is not { } hours || Number(text[4..]) is not { } minutes || hours > 17 || minutes > 59)
        {
            return null;
        }

        Offset offset = Offset.FromHoursAndMinutes(hours, minutes);
        return text[0] == '-' ? -offset : offset;
    }

    private static int? Number(ReadOnlySpan<char> digits)
    {
        int value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
