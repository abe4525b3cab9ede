using System.Globalization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using NodaTime;
using Xunit.Abstractions;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// Rules that hung or exhausted other readers (Radicale 2188, node-ical 542, dateutil 1094 and 1441, ical4j 851, libical
/// 140, rrule.js 622, rust-rrule 10, Ical.Net 622), and worse.
/// </summary>
public sealed class HostileRulesTests(ITestOutputHelper output)
{
    private const long MostBytes = 64_000_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(250);

    [Theory]
    [InlineData("19700101T000000Z", "FREQ=SECONDLY")]
    [InlineData("19700101T000000Z", "FREQ=SECONDLY;COUNT=1000000000")]
    [InlineData("19700101T000000Z", "FREQ=SECONDLY;COUNT=1000000000;BYSECOND=0,1,2,3,4,5,6,7,8,9")]
    [InlineData("19700101T000000Z", "FREQ=MINUTELY;COUNT=1000000000")]
    [InlineData("19700101T000000Z", "FREQ=MINUTELY;COUNT=1000000000;BYHOUR=9")]
    [InlineData("19700101T000000Z", "FREQ=HOURLY;COUNT=1000000000;BYMONTHDAY=30;BYMONTH=2")]
    [InlineData("19700101T000000Z", "FREQ=DAILY;COUNT=1000000000")]
    [InlineData("00010101T000000Z", "FREQ=DAILY;COUNT=1000000000;BYMONTHDAY=30;BYMONTH=2")]
    [InlineData("00010101T000000Z", "FREQ=YEARLY;COUNT=2147483647;BYYEARDAY=366;BYDAY=MO;BYMONTHDAY=-1")]
    [InlineData("20260101T000000Z", "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2")]
    [InlineData("20260101T000000Z", "FREQ=DAILY;INTERVAL=0")]
    [InlineData("20260101T000000Z", "FREQ=SECONDLY;INTERVAL=0")]
    [InlineData("20260101T000000Z", "FREQ=YEARLY;INTERVAL=-2147483648")]
    [InlineData("20260101T000000Z", "FREQ=YEARLY;INTERVAL=2147483647")]
    [InlineData("20260101T000000Z", "FREQ=MONTHLY;INTERVAL=2147483647;COUNT=2147483647")]
    [InlineData("20260101T000000Z", "FREQ=WEEKLY;INTERVAL=2147483647;BYDAY=MO")]
    [InlineData("20260101T000000Z", "FREQ=DAILY;INTERVAL=2147483647;UNTIL=99991231T235959Z")]
    [InlineData("20260101T000000Z", "FREQ=HOURLY;INTERVAL=2147483647;COUNT=-5")]
    [InlineData("20260101T000000Z", "FREQ=SECONDLY;INTERVAL=2147483647;BYSETPOS=2147483647,-2147483648")]
    [InlineData("20260101T000000Z", "FREQ=SECONDLY;BYSETPOS=2")]
    [InlineData("20260101T000000Z", "FREQ=SECONDLY;BYMONTHDAY=31;BYMONTH=4")]
    [InlineData("20260101T000000Z", "FREQ=SECONDLY;BYHOUR=23;BYMINUTE=59;BYSECOND=59;BYDAY=SU")]
    [InlineData("20260101T000000Z", "FREQ=YEARLY;BYHOUR=*24;BYMINUTE=*60;BYSECOND=*60;BYMONTHDAY=*31")]
    [InlineData("20260101T000000Z", "FREQ=YEARLY;BYHOUR=*24;BYMINUTE=*60;BYSECOND=*60;BYMONTHDAY=*31;BYSETPOS=366,-366")]
    [InlineData("20261231T235959Z", "FREQ=YEARLY;BYHOUR=*24;BYMINUTE=*60;BYSECOND=*60;BYMONTHDAY=*31;COUNT=2147483647")]
    [InlineData("19000101T000000Z", "FREQ=YEARLY;BYHOUR=*24;BYMINUTE=*60;BYSECOND=*60;BYMONTHDAY=*31;COUNT=2147483647")]
    [InlineData("19700101T000000Z", "FREQ=YEARLY;BYHOUR=*24;BYMINUTE=*60;BYMONTHDAY=*31;BYSETPOS=*366;COUNT=2147483647")]
    [InlineData("20260101T000000Z", "FREQ=DAILY;BYMONTH=0,13,-1;BYMONTHDAY=0,32,-32;BYYEARDAY=0,367,-367")]
    [InlineData("20260101T000000Z", "FREQ=YEARLY;BYWEEKNO=0,54,-54;BYDAY=0MO,54TU,-54WE,2147483647TH,-2147483648FR")]
    [InlineData("20260101T000000Z", "FREQ=DAILY;BYHOUR=-1,24,2147483647;BYMINUTE=-1,60;BYSECOND=-1,61")]
    [InlineData("00010101T000000Z", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO")]
    [InlineData("99991231T235959Z", "FREQ=SECONDLY")]
    [InlineData("99991231", "FREQ=YEARLY;BYWEEKNO=53")]
    public void Expand_WhenARuleIsHostile_StaysWithinItsBounds(string start, string rule)
    {
        CalendarObject series = Series.Of(start, start, Spelled(rule));

        Bounded(series, "20260101", "20260901");
        Bounded(series, "00010101", "99991231T235959Z");
        Bounded(series, "99991201", "99991231T235959Z");
    }

    [Fact]
    public void Expand_WhenEveryInstanceIsExcluded_StaysWithinItsBounds()
    {
        CalendarObject series = Series.Of("20260101T000000Z", "20260101T000001Z", "FREQ=SECONDLY")
            .Excluding([.. Enumerable.Range(1, 200).Select(d => new LocalDate(2025, 12, 31).PlusDays(d)
                .ToString("uuuuMMdd", CultureInfo.InvariantCulture))]);

        Assert.Empty(Bounded(series, "20260101", "20260601").Occurrences);
    }

    [Fact]
    public void Expand_WhenThereAreAThousandHostileRules_SharesOneBudget()
    {
        string[] rules = [.. Enumerable.Range(0, 1_000).Select(i => $"FREQ=SECONDLY;COUNT={1_000_000_000 - i};BYSECOND=0,{i % 59}")];

        Assert.True(Bounded(Series.Of("19700101T000000Z", "19700101T000000Z", rules), "20260101", "20260901").IsTruncated);
    }

    [Fact]
    public void Expand_WhenEveryOccurrenceLastsLongerThanTheCalendar_StaysWithinItsBounds()
    {
        CalendarObject series = Series.Of("00010101T000000Z", "99991231T235959Z", "FREQ=SECONDLY");

        Assert.Equal(RecurrenceLimits.MaxOccurrences, Bounded(series, "20260101", "20260102").Occurrences.Length);
    }

    [Fact]
    public void Expand_WhenThousandsOfOverridesShiftFar_StaysWithinItsBounds()
    {
        CalendarObject series = Series.Of("20260101T000000Z", "20260101T010000Z", "FREQ=MINUTELY");
        for (int i = 0; i < 2_000; i++)
        {
            string name = new LocalDateTime(2026, 1, 1, 0, 0).PlusHours(i).ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            series = series.Overriding(name, i % 2 == 0 ? "99991231T235959Z" : "00010101T000000Z", "99991231T235959Z", "x", true);
        }

        Bounded(series, "20260101", "20260901");
    }

    [Theory]
    [InlineData("99991231T235959Z", "99991231T235959Z")]
    [InlineData("America/New_York:99991231T233000", "America/New_York:99991231T235959")]
    [InlineData("Pacific/Kiritimati:99991231T233000", "Pacific/Kiritimati:99991231T235959")]
    [InlineData("Pacific/Kiritimati:00010101T000000", "America/New_York:99991231T235959")]
    [InlineData("99991231T235959", "99991231T235959")]
    [InlineData("99991230", "99991231")]
    [InlineData("00010101", "99991231")]
    public void Expand_WhenAtTheEndsOfTheCalendar_NeverOverflows(string start, string end)
    {
        foreach (string zone in new[] { "America/New_York", "Pacific/Kiritimati", "Etc/UTC" })
        {
            foreach (string rule in new[] { "FREQ=DAILY", "FREQ=YEARLY;BYWEEKNO=1,-1", "FREQ=HOURLY;UNTIL=99991231T235959Z" })
            {
                CalendarObject series = Series.Of(start, end, rule).Adding(start).Excluding("99991231")
                    .Overriding(start, end, end, thisAndFuture: true).Overriding(end, start, start, thisAndFuture: true);
                DateTimeZone floating = DateTimeZoneProviders.Tzdb[zone];

                foreach (CalendarObject each in new[] { series, series with { Overrides = [] }, series with { Rules = [], Overrides = [] } })
                {
                    RecurrenceExpander.Expand(each, new Interval(Instant.MinValue, Instant.MaxValue), floating);
                    each.Expand("99990101", "99991231T235959Z", floating);
                    each.Expand("00010101", "00010301", floating);
                    each.Expand("20260101", "20260301", floating);
                }
            }
        }
    }

    [Fact]
    public void Expand_WhenAnEventNeverEnds_ListsIt() => Assert.Single(
        Series.Of("America/New_York:20200101T000000", "America/New_York:99991231T235959")
            .Expand("20260101", "20260102").Occurrences);

    [Fact]
    public void Expand_WhenCountIsLargeButThePeriodsAreCountable_JumpsAndIsRight()
    {
        // 2026-01-01T00:00Z is 1,767,225,600 s after the start: number 29,453,761 of a start a minute.
        CalendarObject ends = Series.Of("19700101T000000Z", "19700101T000000Z", "FREQ=MINUTELY;COUNT=29453763");

        Expansion expansion = ends.Expand("20260101", "20260102");

        Assert.Equal(["2026-01-01T00:00", "2026-01-01T00:01", "2026-01-01T00:02"], expansion.Starts());
        Assert.False(expansion.IsTruncated);
    }

    [Fact]
    public void Expand_WhenCountCannotBeReached_DoesNotCount()
    {
        Expansion expansion = Series
            .Of("19700101T000000Z", "19700101T000000Z", "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0,30;COUNT=1000000000")
            .Expand("20260101", "20260102");

        Assert.Equal(["2026-01-01T09:00", "2026-01-01T09:30"], expansion.Starts());
        Assert.False(expansion.IsTruncated);
    }

    [Fact]
    public void Expand_WhenThereAreMoreThanTheCap_ListsTheEarliestAndSaysSo()
    {
        Expansion expansion = Series.Of("20260101T000000Z", "20260101T000000Z", "FREQ=SECONDLY").Expand("20260101", "20260201");

        Assert.True(expansion.IsTruncated);
        Assert.Equal(RecurrenceLimits.MaxOccurrences, expansion.Occurrences.Length);
        Assert.Equal(
            Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(RecurrenceLimits.MaxOccurrences - 1),
            expansion.Occurrences[^1].StartsAt);
        Assert.Equal(expansion.Occurrences[^1].StartsAt + Duration.FromSeconds(1), expansion.UnknownFrom);
    }

    [Fact]
    public void Expand_WhenAllStepsGoBeforeTheWindow_KnowsNothingOfTheWindow()
    {
        Expansion expansion = Series
            .Of("19700101T000000Z", "19700101T000000Z", "FREQ=SECONDLY;COUNT=90000000;BYSECOND=0,30")
            .Expand("20260101", "20260901");

        Assert.Equal(Instant.FromUtc(2026, 1, 1, 0, 0), expansion.UnknownFrom);
    }

    [Theory]
    [InlineData(10_000, false)]
    [InlineData(10_001, true)]
    public void Expand_WhenExactlyAtTheCap_IsTruncatedOnlyBeyondIt(int count, bool expected) => Assert.Equal(
        expected,
        Series.Of("20260101T000000Z", "20260101T000000Z", $"FREQ=SECONDLY;COUNT={count}")
            .Expand("20260101", "20260201").IsTruncated);

    private static string Spelled(string rule)
    {
        foreach (int all in new[] { 24, 31, 60, 366 })
        {
            int first = all is 31 or 366 ? 1 : 0;
            rule = rule.Replace("*" + all, string.Join(',', Enumerable.Range(first, all)), StringComparison.Ordinal);
        }

        return rule;
    }

    private Expansion Bounded(CalendarObject series, string from, string to)
    {
        // The best of ten: what is bounded is the work, not the compiler's first pass.
        Expansion expansion = series.Expand(from, to);
        TimeSpan time = TimeSpan.MaxValue;
        long bytes = 0;
        for (int i = 0; i < 10 && time > MostTime; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = ThreadTime.Now;
            series.Expand(from, to);
            TimeSpan taken = ThreadTime.Now - start;
            time = taken < time ? taken : time;
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        output.WriteLine($"{time.TotalMilliseconds:0.0} ms, {bytes / 1_000:0} kB, {expansion.Occurrences.Length} listed, "
            + $"truncated {expansion.IsTruncated}");
        Assert.True(bytes <= MostBytes, $"{bytes} bytes");
        Assert.True(time <= MostTime, $"{time}");
        return expansion;
    }
}
