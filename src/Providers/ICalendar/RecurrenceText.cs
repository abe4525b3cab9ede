using System.Collections.Immutable;
using System.Globalization;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>RECUR values (RFC 5545 section 3.3.10) to rules and back.</summary>
internal static class RecurrenceText
{
    private const int MaxValuesInPart = 400;
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Reads a rule.</summary>
    /// <param name="value">The value of <c>RRULE</c>.</param>
    /// <param name="start">The series' start: an <c>UNTIL</c> without a zone is read in its zone.</param>
    /// <param name="zones">The resource's zones.</param>
    /// <returns>Null for anything that is no rule: the event then happens once, which is better than not at all.</returns>
    public static RecurrenceRule? Parse(string value, CalendarTime start, ZoneLookup zones)
    {
        Dictionary<string, string> parts = new(StringComparer.Ordinal);
        foreach (string part in value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || parts.Count > 32)
            {
                return null;
            }

            parts[part[..equals].Trim().ToUpperInvariant()] = part[(equals + 1)..].Trim().ToUpperInvariant();
        }

        if (!parts.TryGetValue("FREQ", out string? freq)
            || !Enum.TryParse(freq, ignoreCase: true, out RecurrenceFrequency frequency) || char.IsAsciiDigit(freq[0])
            || (parts.TryGetValue("RSCALE", out string? scale) && scale != "GREGORIAN")
            || ReadBound(parts, "INTERVAL", 1) is not { } interval
            || ReadBound(parts, "COUNT", 0) is not { } count
            || !TryReadUntil(parts, start, zones, out CalendarTime? until)
            || Numbers(parts, "BYSECOND", 0, 60, false) is not { } seconds
            || Numbers(parts, "BYMINUTE", 0, 59, false) is not { } minutes
            || Numbers(parts, "BYHOUR", 0, 23, false) is not { } hours
            || Numbers(parts, "BYMONTHDAY", 1, 31, true) is not { } monthDays
            || Numbers(parts, "BYYEARDAY", 1, 366, true) is not { } yearDays
            || Numbers(parts, "BYWEEKNO", 1, 53, true) is not { } weeks
            || Numbers(parts, "BYMONTH", 1, 12, false) is not { } months
            || Numbers(parts, "BYSETPOS", 1, 366, true) is not { } positions
            || Weekdays(parts, frequency) is not { } weekdays
            || Day(parts.GetValueOrDefault("WKST", "MO")) is not { } weekStart)
        {
            return null;
        }

        return new RecurrenceRule
        {
            Frequency = frequency,
            Interval = interval,
            Count = count == 0 ? null : count,
            Until = count == 0 && until is { } last ? UntilFor(last, start) : null,
            BySecond = seconds,
            ByMinute = minutes,
            ByHour = hours,
            ByDay = weekdays,
            ByMonthDay = monthDays,
            ByYearDay = yearDays,
            ByWeekNo = frequency == RecurrenceFrequency.Yearly ? weeks : [],
            ByMonth = months,
            BySetPos = positions,
            WeekStart = weekStart,
        };
    }

    /// <summary>Writes a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">The series' start: <c>UNTIL</c> must be a day or in UTC as it is (section 3.3.10).</param>
    public static string Format(RecurrenceRule rule, CalendarTime start)
    {
        List<string> parts = [$"FREQ={rule.Frequency.ToString().ToUpperInvariant()}"];
        if (rule.Interval != 1)
        {
            parts.Add($"INTERVAL={rule.Interval}");
        }

        if (rule.Count is { } count)
        {
            parts.Add($"COUNT={count}");
        }
        else if (rule.Until is { } until)
        {
            parts.Add($"UNTIL={CalendarTimeText.Format(UntilFor(until, start))}");
        }

        Add(parts, "BYMONTH", rule.ByMonth);
        Add(parts, "BYWEEKNO", rule.ByWeekNo);
        Add(parts, "BYYEARDAY", rule.ByYearDay);
        Add(parts, "BYMONTHDAY", rule.ByMonthDay);
        Add(parts, "BYDAY", rule.ByDay.Select(d => $"{d.Ordinal}{Days[(int)d.Day - 1]}"));
        Add(parts, "BYHOUR", rule.ByHour);
        Add(parts, "BYMINUTE", rule.ByMinute);
        Add(parts, "BYSECOND", rule.BySecond);
        Add(parts, "BYSETPOS", rule.BySetPos);
        if (rule.WeekStart != IsoDayOfWeek.Monday)
        {
            parts.Add($"WKST={Days[(int)rule.WeekStart - 1]}");
        }

        return string.Join(';', parts);
    }

    /// <summary>The form of <c>UNTIL</c> that reading gives back after writing it.</summary>
    public static CalendarTime UntilFor(CalendarTime until, CalendarTime start) => start.Kind switch
    {
        TimeKind.Date => CalendarTime.OnDate(until.Local.Date),
        TimeKind.Floating when until.Kind is not TimeKind.Date => CalendarTime.Floating(until.Local),
        TimeKind.Zoned or TimeKind.Utc when until.Kind is TimeKind.Zoned or TimeKind.Floating =>
            CalendarTime.Utc(until.ToInstant(start.ZoneOr(DateTimeZone.Utc))),

        // A day stays a day: it is read as "the whole of it" and not every reader would agree on its last second.
        _ => until,
    };

    private static void Add<T>(List<string> parts, string name, IEnumerable<T> values)
    {
        string list = string.Join(',', values);
        if (list.Length > 0)
        {
            parts.Add($"{name}={list}");
        }
    }

    // 0 is returned for a COUNT when it is absent, or so large that it limits nothing.
    private static int? ReadBound(Dictionary<string, string> parts, string name, int absent)
    {
        if (!parts.TryGetValue(name, out string? text))
        {
            return absent;
        }

        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        int? read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : name == "COUNT" ? absent : int.MaxValue;
        return read == 0 && text.AsSpan().TrimStart('0').IsEmpty ? null : read;
    }

    private static bool TryReadUntil(
        Dictionary<string, string> parts, CalendarTime start, ZoneLookup zones, out CalendarTime? until)
    {
        until = null;
        if (!parts.TryGetValue("UNTIL", out string? text))
        {
            return true;
        }

        until = CalendarTimeText.Read(text, null, start.ZoneId, zones);
        return until is not null;
    }

    private static ImmutableArray<int>? Numbers(
        Dictionary<string, string> parts, string name, int least, int most, bool isSigned)
    {
        if (!parts.TryGetValue(name, out string? list))
        {
            return ImmutableArray<int>.Empty;
        }

        string[] texts = list.Split(',');
        var numbers = ImmutableArray.CreateBuilder<int>(texts.Length);
        foreach (string text in texts)
        {
            if (!int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                || number < -most || number > most || Math.Abs(number) < least || (number < 0 && !isSigned))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers.Count <= MaxValuesInPart ? numbers.ToImmutable() : null;
    }

    private static ImmutableArray<WeekdayInPeriod>? Weekdays(Dictionary<string, string> parts, RecurrenceFrequency frequency)
    {
        if (!parts.TryGetValue("BYDAY", out string? list))
        {
            return ImmutableArray<WeekdayInPeriod>.Empty;
        }

        var days = ImmutableArray.CreateBuilder<WeekdayInPeriod>();
        foreach (string text in list.Split(',').Select(t => t.Trim()))
        {
            if (text.Length < 2 || Day(text[^2..]) is not { } day || days.Count == MaxValuesInPart)
            {
                return null;
            }

            int? ordinal = null;
            if (text.Length > 2)
            {
                if (!int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int nth)
                    || nth is 0 or < -53 or > 53)
                {
                    return null;
                }

                // An ordinal says nothing in rules that are not monthly or yearly: it is passed over.
                ordinal = frequency >= RecurrenceFrequency.Monthly ? nth : null;
            }

            days.Add(new WeekdayInPeriod(day, ordinal));
        }

        return days.ToImmutable();
    }

    private static IsoDayOfWeek? Day(string text)
    {
        int at = Array.IndexOf(Days, text);
        return at < 0 ? null : (IsoDayOfWeek)(at + 1);
    }
}
