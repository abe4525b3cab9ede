using System.Diagnostics;
using System.Text;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Providers.ICalendar;
using CsCheck;
using NodaTime;
using static CalendarActors.Providers.Tests.ICalendar.CalendarTexts;

namespace CalendarActors.Providers.Tests.ICalendar;

/// <summary>Text made to hang, crash or exhaust a reader.</summary>
public sealed class HostileTextTests
{
    // Far above what reading takes, far below a hang; the machine may be busy.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly Interval Window = new(Instant.FromUtc(2026, 10, 1, 0, 0), Instant.FromUtc(2027, 6, 1, 0, 0));

    public static TheoryData<string> ExplodingRules =>
    [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;INTERVAL=1;BYSETPOS=366",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59",
        "FREQ=DAILY;INTERVAL=2147483647",
        "FREQ=HOURLY;BYYEARDAY=366;BYWEEKNO=53",
        "FREQ=WEEKLY;INTERVAL=99999999999",
    ];

    [Theory]
    [MemberData(nameof(ExplodingRules))]
    public void Rule_WhenItExplodes_IsReadAndExpandedInBoundedTime(string rule)
    {
        long started = Stopwatch.GetTimestamp();

        CalendarReading reading = CalendarObjectReader.Read(Event("DTSTART:19700101T000000Z", $"RRULE:{rule}"));
        RecurrenceExpander.Expand(reading.Object!, Window, DateTimeZone.Utc);

        Assert.True(Stopwatch.GetElapsedTime(started) < Limit);
    }

    public static TheoryData<string, string> Bombs() => new()
    {
        { "folds", Event("DTSTART:20270310", "X:" + string.Concat(Enumerable.Repeat("\r\n ", 250_000))) },
        { "quotes", Event("DTSTART:20270310", "X" + string.Concat(Enumerable.Repeat(";\"", 400_000)) + ":1") },
        { "parameters", Event("DTSTART:20270310", "X" + string.Concat(Enumerable.Repeat(";a=b", 200_000)) + ":1") },
        { "commas", Event("DTSTART:20270310", "CATEGORIES:" + new string(',', 900_000)) },
        { "backslashes", Event("DTSTART:20270310", "SUMMARY:" + new string('\\', 900_000)) },
        { "dates", Event("DTSTART:20270310", "EXDATE:" + string.Join(',', Enumerable.Repeat("20270311", 100_000))) },
        { "attendees", Event(["DTSTART:20270310", .. Enumerable.Range(0, 25_000).Select(i => $"ATTENDEE:mailto:a{i}@example.com")]) },
        { "events", Calendar([.. Enumerable.Range(0, 12_000).Select(i => Component("VEVENT", "UID:u", $"RECURRENCE-ID:{20270101 + (i % 28)}", "DTSTART:20270101"))]) },
        { "alarms", Event(["DTSTART:20270310", .. Enumerable.Repeat(Alarm("ACTION:DISPLAY", "TRIGGER:-PT1M"), 15_000)]) },
        { "zones", Calendar([.. Enumerable.Range(0, 2_000).Select(i => Component("VTIMEZONE", $"TZID:Z{i}", Component("STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0123", "TZOFFSETTO:+0123", "RRULE:FREQ=SECONDLY"))), .. Enumerable.Range(0, 2_000).Select(i => Component("VEVENT", "UID:u", $"DTSTART;TZID=Z{i}:20270101T000000"))]) },
        { "links", Event("DTSTART:20270310", "DESCRIPTION:" + string.Concat(Enumerable.Repeat("https://a.b.c.", 60_000))) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Text_WhenItIsABomb_IsReadInBoundedTime(string name, string text)
    {
        long started = Stopwatch.GetTimestamp();

        CalendarObjectReader.Read(text);

        Assert.True(Stopwatch.GetElapsedTime(started) < Limit, name);
    }

    [Fact]
    public void Text_WhenMutatedAtRandom_NeverThrowsAndIsWrittenBackReadable()
    {
        string seed = Conformance.EventTexts.Rich("seed@example.com");
        Gen<string> mutated = Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Int[0, 40], Gen.OneOf(
            Gen.String[Gen.Char["\r\n :;,=\"\\^TZ0159-P"], 0, 30],
            Gen.Const("\r\nBEGIN:VEVENT\r\n"),
            Gen.Const("\r\nEND:VEVENT\r\n"),
            Gen.Const("\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\n"),
            Gen.Const("99999999999999999999"),
            Gen.Const("\0\u0001\ufffd"))).Array[1, 6].Select(edits => edits.Aggregate(
                new StringBuilder(seed),
                (text, edit) =>
                {
                    int at = Math.Min(edit.Item1, text.Length);
                    return text.Remove(at, Math.Min(edit.Item2, text.Length - at)).Insert(at, edit.Item3);
                },
                text => text.ToString()));

        mutated.Sample(
            text =>
            {
                CalendarReading reading = CalendarObjectReader.Read(text);
                if (reading.Source is { } source)
                {
                    CalendarReading again = CalendarObjectReader.Read(CalendarText.Write(source));
                    Assert.Equal(reading.Object, again.Object);
                }
            },
            iter: 20_000);
    }
}
