using System.Globalization;

namespace CalendarActors.Bench;

/// <summary>One event of the seed.</summary>
internal sealed record SeededEvent(string Id, string Summary, string Description, string Location, DateTime Start, DateTime End, bool AllDay);

/// <summary>The same calendars everywhere, from a number.</summary>
internal static class SeededEvents
{
    private static readonly string[] Words =
        ["review", "planning", "call", "customer", "budget", "interview", "workshop", "retrospective", "design", "lunch"];

    /// <summary>
    /// First day of the measured window: 42 days around the next European clock change where the service keeps them
    /// (201 days ahead), else from tomorrow.
    /// </summary>
    public static DateTime WindowStart(DateTime today)
    {
        DateTime change = Enumerable.Range(0, 400).Select(n => today.Date.AddDays(n))
            .First(day => day.Month is 3 or 10 && day.DayOfWeek == DayOfWeek.Sunday && day.Day > 24);
        bool fits = change.AddDays(22) <= today.AddDays(195) && change.AddDays(-21) > today;
        return fits ? change.AddDays(-21) : today.Date.AddDays(1);
    }

    /// <summary>Events inside 42 days from a start, 3 % of them all-day, about 670 bytes of JSON each.</summary>
    public static IEnumerable<SeededEvent> Calendar(int seed, int count, DateTime windowStart)
    {
        Random random = new(seed);
        for (int n = 0; n < count; n++)
        {
            bool allDay = random.Next(100) < 3;
            DateTime day = windowStart.AddDays(random.Next(41));
            DateTime start = allDay ? day : day.AddMinutes((7 * 60) + (15 * random.Next(44)));
            DateTime end = allDay ? day.AddDays(1 + random.Next(2)) : start.AddMinutes(15 * (1 + random.Next(8)));
            yield return new SeededEvent(
                string.Create(CultureInfo.InvariantCulture, $"evt-{seed}-{n}"),
                $"{Word(random)} {Word(random)} {n}",
                string.Join(' ', Enumerable.Range(0, 24).Select(_ => Word(random))),
                $"Room {random.Next(1, 400)}, {Word(random)} building",
                start,
                end,
                allDay);
        }
    }

    public static string Text(SeededEvent item, DateTime time) =>
        time.ToString(item.AllDay ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static string Word(Random random) => Words[random.Next(Words.Length)];
}
