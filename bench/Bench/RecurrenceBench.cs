using System.Diagnostics;
using System.Globalization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Providers.ICalendar;
using NodaTime;
using Calendar = Ical.Net.Calendar;

namespace CalendarActors.Bench;

/// <summary>Reading and expanding 1,000 events and 50 rules, beside a published library. Goal P10.</summary>
internal static class RecurrenceBench
{
    private const int Single = 1_000;
    private const int Days = 42;

    private static readonly Instant From = Instant.FromUtc(2026, 3, 9, 0, 0);

    private static readonly Interval Window = new(From, From + Duration.FromDays(Days));

    private static readonly string[] Rules =
    [
        "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=DAILY;INTERVAL=3", "FREQ=YEARLY;BYMONTH=3,4;BYDAY=1MO", "FREQ=WEEKLY;BYDAY=TU;COUNT=90", "FREQ=WEEKLY;UNTIL=20260401T000000Z", "FREQ=DAILY;BYDAY=SA,SU",
    ];

    public static Task RunAsync(BenchOptions options)
    {
        Report.Title($"p10: {Days} days of {Single:N0} events and {Rules.Length * 5} rules");
        string[] texts = [.. Enumerable.Range(0, Single).Select(Once), .. Enumerable.Range(0, Rules.Length * 5).Select(Repeating)];
        CalendarObject[] ours = [.. texts.Select(t => CalendarObjectReader.Read(t).Object!)];
        Calendar[] theirs = [.. texts.Select(t => Calendar.Load(t)!)];
        string[] found = [.. Ours(ours).Order(StringComparer.Ordinal)];
        if (!found.SequenceEqual(Theirs(theirs).Order(StringComparer.Ordinal)))
        {
            throw new InvalidOperationException("The two do not find the same.");
        }

        double[] medians =
        [
            .. new Func<int>[]
            {
                () => ours.Sum(o => RecurrenceExpander.Expand(o, Window, DateTimeZone.Utc).Occurrences.Length),
                () => Theirs(theirs).Count(),
                () => texts.Count(t => CalendarObjectReader.Read(t).Object is not null),
                () => texts.Count(t => Calendar.Load(t) is not null),
            }.Select(run => Alternating.Median(Enumerable.Range(0, options.Legs).Select(_ => Milliseconds(run)))),
        ];
        Report.Line($"  {found.Length:N0} happenings, the same; expanding: ours {medians[0]:N2} ms, Ical.Net {medians[1]:N2} ms; reading: ours {medians[2]:N1} ms, Ical.Net {medians[3]:N1} ms");
        Report.AtLeast("P10 expanding, Ical.Net / ours", medians[1] / medians[0], 20);
        Report.AtLeast("P10 reading, Ical.Net / ours", medians[3] / medians[2], 2);
        return Task.CompletedTask;
    }

    private static IEnumerable<string> Ours(CalendarObject[] objects) =>
        from item in objects
        from occurrence in RecurrenceExpander.Expand(item, Window, DateTimeZone.Utc).Occurrences
        where occurrence.StartsAt >= Window.Start
        select $"{item.Uid} {occurrence.StartsAt.ToUnixTimeSeconds()}";

    private static IEnumerable<string> Theirs(Calendar[] calendars)
    {
        DateTime start = Window.Start.ToDateTimeUtc();
        DateTime end = Window.End.ToDateTimeUtc();
        foreach (Calendar calendar in calendars)
        {
            foreach (Ical.Net.DataTypes.Occurrence occurrence in calendar.GetOccurrences(new Ical.Net.DataTypes.CalDateTime(start)))
            {
                DateTime begins = occurrence.Period.StartTime.AsUtc;
                if (begins >= end)
                {
                    break;
                }

                if (begins >= start)
                {
                    yield return $"{calendar.Events.First().Uid} {new DateTimeOffset(begins).ToUnixTimeSeconds()}";
                }
            }
        }
    }

    private static string Once(int n) => Text(
        $"once-{n}",
        $"DTSTART:{Utc(From + Duration.FromMinutes(30 * ((n * 7919) % (48 * Days))))}\r\nDURATION:PT45M\r\n");

    private static string Repeating(int n) => Text(
        $"series-{n}",
        $"DTSTART;TZID=Europe/Berlin:2024{1 + (n % 12):00}{1 + (n % 28):00}T{7 + (n % 10):00}3000\r\nDURATION:PT1H\r\nRRULE:{Rules[n % Rules.Length]}\r\n");

    private static string Text(string uid, string times) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VEVENT\r\n"
        + $"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{times}SUMMARY:Weekly review of the plan\r\nLOCATION:Room 12\\, east wing\r\n"
        + "DESCRIPTION:What was done\\, what is next\\; and who does it. Bring your own\r\n  figures and questions to this one.\r\n"
        + "ORGANIZER;CN=Ann:mailto:ann@example.com\r\nATTENDEE;CN=Bill;PARTSTAT=ACCEPTED:mailto:bill@example.com\r\nTRANSP:OPAQUE\r\n"
        + "END:VEVENT\r\nEND:VCALENDAR\r\n";

    private static string Utc(Instant instant) => instant.ToDateTimeUtc().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static double Milliseconds(Func<int> run)
    {
        long until = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
        long began = Stopwatch.GetTimestamp();
        int times = 0;
        for (; Stopwatch.GetTimestamp() < until; times++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds / times;
    }
}
