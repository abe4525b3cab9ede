using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Time;

/// <summary>Graph's <c>patternedRecurrence</c> as dates.</summary>
internal sealed class RecurrenceRule
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly string[] Indexes = ["first", "second", "third", "fourth", "last"];

    // An endless rule that never matches again must still come to an end.
    private static readonly LocalDate Horizon = new(2200, 1, 1);

    private readonly string _type;
    private readonly int _interval;
    private readonly HashSet<IsoDayOfWeek> _days;
    private readonly IsoDayOfWeek _firstDay;
    private readonly int _dayOfMonth;
    private readonly int _month;
    private readonly int _index;
    private readonly LocalDate _end;
    private readonly int _count;

    private RecurrenceRule(JsonNode pattern, JsonNode range)
    {
        _type = (string?)pattern["type"] ?? throw Bad("type");
        _interval = Whole(pattern, "interval") is var interval and > 0 ? interval : throw Bad("interval");
        _days = [.. (pattern["daysOfWeek"] as JsonArray ?? []).Select(day => Weekday((string?)day))];
        _firstDay = pattern["firstDayOfWeek"] is { } first ? Weekday((string?)first) : IsoDayOfWeek.Sunday;
        _dayOfMonth = Whole(pattern, "dayOfMonth");
        _month = Whole(pattern, "month");
        _index = pattern["index"] is { } index ? Array.IndexOf(Indexes, ((string?)index)?.ToLowerInvariant()) : 0;
        Start = Date(range["startDate"]);
        string rangeType = (string?)range["type"] ?? throw Bad("range.type");
        _end = rangeType == "endDate" ? Date(range["endDate"]) : Horizon;
        _count = rangeType == "numbered" ? Whole(range, "numberOfOccurrences") : int.MaxValue;
        Check(rangeType);
    }

    /// <summary>The range's first day.</summary>
    public LocalDate Start { get; }

    public static RecurrenceRule Parse(JsonNode recurrence) =>
        new(recurrence["pattern"] ?? throw Bad("pattern"), recurrence["range"] ?? throw Bad("range"));

    /// <summary>The days it happens on, in order, up to and with a last one.</summary>
    public IEnumerable<LocalDate> Dates(LocalDate last)
    {
        LocalDate end = LocalDate.Min(last, _end);
        int left = _count;
        foreach (LocalDate date in Unbounded())
        {
            if (date > end || left-- == 0)
            {
                yield break;
            }

            if (date >= Start)
            {
                yield return date;
            }
            else
            {
                left++;
            }
        }
    }

    /// <summary>The first day it happens on; null when there is none.</summary>
    public LocalDate? First() => Dates(Horizon).Select(static date => (LocalDate?)date).FirstOrDefault();

    private IEnumerable<LocalDate> Unbounded() => _type switch
    {
        "daily" => Steps(step => [Start.PlusDays(step * _interval)]),
        "weekly" => Steps(WeekOf),
        "absoluteMonthly" => Steps(step => Clipped(Month(step * _interval))),
        "relativeMonthly" => Steps(step => Relative(Month(step * _interval))),
        "absoluteYearly" => Steps(step => Clipped(new YearMonth(Start.Year + (step * _interval), _month))),
        _ => Steps(step => Relative(new YearMonth(Start.Year + (step * _interval), _month))),
    };

    private static IEnumerable<LocalDate> Steps(Func<int, IEnumerable<LocalDate>> of)
    {
        for (int step = 0; ; step++)
        {
            foreach (LocalDate date in of(step))
            {
                yield return date;
            }
        }
    }

    private IEnumerable<LocalDate> WeekOf(int step)
    {
        int back = ((int)Start.DayOfWeek - (int)_firstDay + 7) % 7;
        LocalDate weekStart = Start.PlusDays(-back).PlusWeeks(step * _interval);
        return Enumerable.Range(0, 7).Select(weekStart.PlusDays).Where(day => _days.Contains(day.DayOfWeek));
    }

    private YearMonth Month(int offset)
    {
        int months = (Start.Year * 12) + Start.Month - 1 + offset;
        return new(months / 12, (months % 12) + 1);
    }

    // The 31st of a month with 30 days is its last day, as in Outlook; RFC 5545 would leave the month out.
    private IEnumerable<LocalDate> Clipped(YearMonth month) =>
        [month.OnDayOfMonth(Math.Min(_dayOfMonth, CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month)))];

    private IEnumerable<LocalDate> Relative(YearMonth month)
    {
        LocalDate[] days = [.. Enumerable.Range(1, CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month))
            .Select(month.OnDayOfMonth).Where(day => _days.Contains(day.DayOfWeek))];
        return [_index == Indexes.Length - 1 ? days[^1] : days[_index]];
    }

    private void Check(string rangeType)
    {
        bool ok = _type switch
        {
            "daily" => true,
            "weekly" => _days.Count > 0,
            "absoluteMonthly" => _dayOfMonth is >= 1 and <= 31,
            "absoluteYearly" => _dayOfMonth is >= 1 and <= 31 && _month is >= 1 and <= 12,
            "relativeMonthly" => _days.Count > 0 && _index >= 0,
            "relativeYearly" => _days.Count > 0 && _index >= 0 && _month is >= 1 and <= 12,
            _ => false,
        };
        if (!ok || rangeType is not ("noEnd" or "endDate" or "numbered") || _count < 1 || _end < Start)
        {
            throw Bad($"{_type}, {rangeType}");
        }
    }

    private static int Whole(JsonNode node, string name) => node[name] is JsonValue value && value.TryGetValue(out int number) ? number : 0;

    private static LocalDate Date(JsonNode? node) =>
        LocalDatePattern.Iso.Parse((string?)node ?? "").TryGetValue(default, out var date) ? date : throw Bad("date");

    private static IsoDayOfWeek Weekday(string? name) =>
        Array.IndexOf(Weekdays, name?.ToLowerInvariant()) is var place and >= 0 ? (IsoDayOfWeek)(place + 1) : throw Bad("daysOfWeek");

    private static GraphFailure Bad(string what) =>
        new(400, "ErrorPropertyValidationFailure", $"At least one property failed validation: recurrence ({what}).");
}
