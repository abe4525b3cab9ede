using CalendarActors.Domain.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Tests.Recurrence;

/// <summary>
/// The examples of RFC 5545 section 3.8.5.3 with the exact lists that it prints; of endless ones, as far as it prints.
/// </summary>
/// <remarks>
/// One differs by decision: "Every Friday the 13th" starts on a Tuesday and the RFC takes that start out with an
/// EXDATE; so do we here. Erratum 3747 (the UNTIL of the example in January 2000) changes no occurrence.
/// </remarks>
public sealed class RfcExamplesTests
{
    private const string Usual = "19970902T090000";

    // Expected: "year-month:day,day year-month:..."; a day may carry times, "day@HHmm+HHmm", else it is at 09:00.
    [Theory]
    // Daily for 10 occurrences.
    [InlineData(Usual, "FREQ=DAILY;COUNT=10", "1999", "1997-09:2,3,4,5,6,7,8,9,10,11")]
    // Every other day, forever.
    [InlineData(Usual, "FREQ=DAILY;INTERVAL=2", "1997-12-04",
        "1997-09:2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 1997-10:2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 "
        + "1997-11:1,3,5,7,9,11,13,15,17,19,21,23,25,27,29 1997-12:1,3")]
    // Every 10 days, 5 occurrences.
    [InlineData(Usual, "FREQ=DAILY;INTERVAL=10;COUNT=5", "1999", "1997-09:2,12,22 1997-10:2,12")]
    // Weekly for 10 occurrences.
    [InlineData(Usual, "FREQ=WEEKLY;COUNT=10", "1999", "1997-09:2,9,16,23,30 1997-10:7,14,21,28 1997-11:4")]
    // Weekly until December 24, 1997.
    [InlineData(Usual, "FREQ=WEEKLY;UNTIL=19971224T000000Z", "1999",
        "1997-09:2,9,16,23,30 1997-10:7,14,21,28 1997-11:4,11,18,25 1997-12:2,9,16,23")]
    // Every other week, forever.
    [InlineData(Usual, "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1998-02-18",
        "1997-09:2,16,30 1997-10:14,28 1997-11:11,25 1997-12:9,23 1998-01:6,20 1998-02:3,17")]
    // Weekly on Tuesday and Thursday for five weeks, by UNTIL and by COUNT.
    [InlineData(Usual, "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1999",
        "1997-09:2,4,9,11,16,18,23,25,30 1997-10:2")]
    [InlineData(Usual, "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1999",
        "1997-09:2,4,9,11,16,18,23,25,30 1997-10:2")]
    // Every other week on Monday, Wednesday, and Friday until December 24, 1997, from Monday, September 1.
    [InlineData("19970901T090000", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1999",
        "1997-09:1,3,5,15,17,19,29 1997-10:1,3,13,15,17,27,29,31 1997-11:10,12,14,24,26,28 1997-12:8,10,12,22")]
    // Every other week on Tuesday and Thursday, for 8 occurrences.
    [InlineData(Usual, "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1999",
        "1997-09:2,4,16,18,30 1997-10:2,14,16")]
    // Monthly on the first Friday for 10 occurrences.
    [InlineData("19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1999",
        "1997-09:5 1997-10:3 1997-11:7 1997-12:5 1998-01:2 1998-02:6 1998-03:6 1998-04:3 1998-05:1 1998-06:5")]
    // Monthly on the first Friday until December 24, 1997.
    [InlineData("19970905T090000", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1999",
        "1997-09:5 1997-10:3 1997-11:7 1997-12:5")]
    // Every other month on the first and last Sunday of the month for 10 occurrences.
    [InlineData("19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1999",
        "1997-09:7,28 1997-11:2,30 1998-01:4,25 1998-03:1,29 1998-05:3,31")]
    // Monthly on the second-to-last Monday of the month for 6 months.
    [InlineData("19970922T090000", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1999",
        "1997-09:22 1997-10:20 1997-11:17 1997-12:22 1998-01:19 1998-02:16")]
    // Monthly on the third-to-the-last day of the month, forever.
    [InlineData("19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3", "1998-03-01",
        "1997-09:28 1997-10:29 1997-11:28 1997-12:29 1998-01:29 1998-02:26")]
    // Monthly on the 2nd and 15th of the month for 10 occurrences.
    [InlineData(Usual, "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1999",
        "1997-09:2,15 1997-10:2,15 1997-11:2,15 1997-12:2,15 1998-01:2,15")]
    // Monthly on the first and last day of the month for 10 occurrences.
    [InlineData("19970930T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1999",
        "1997-09:30 1997-10:1,31 1997-11:1,30 1997-12:1,31 1998-01:1,31 1998-02:1")]
    // Every 18 months on the 10th thru 15th of the month for 10 occurrences.
    [InlineData("19970910T090000", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "2003",
        "1997-09:10,11,12,13,14,15 1999-03:10,11,12,13")]
    // Every Tuesday, every other month.
    [InlineData(Usual, "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1998-04-01",
        "1997-09:2,9,16,23,30 1997-11:4,11,18,25 1998-01:6,13,20,27 1998-03:3,10,17,24,31")]
    // Yearly in June and July for 10 occurrences.
    [InlineData("19970610T090000", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "2009",
        "1997-06:10 1997-07:10 1998-06:10 1998-07:10 1999-06:10 1999-07:10 2000-06:10 2000-07:10 2001-06:10 2001-07:10")]
    // Every other year on January, February, and March for 10 occurrences.
    [InlineData("19970310T090000", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "2009",
        "1997-03:10 1999-01:10 1999-02:10 1999-03:10 2001-01:10 2001-02:10 2001-03:10 2003-01:10 2003-02:10 2003-03:10")]
    // Every third year on the 1st, 100th, and 200th day for 10 occurrences.
    [InlineData("19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "2029",
        "1997-01:1 1997-04:10 1997-07:19 2000-01:1 2000-04:9 2000-07:18 2003-01:1 2003-04:10 2003-07:19 2006-01:1")]
    // Every 20th Monday of the year, forever.
    [InlineData("19970519T090000", "FREQ=YEARLY;BYDAY=20MO", "2000", "1997-05:19 1998-05:18 1999-05:17")]
    // Monday of week number 20, forever.
    [InlineData("19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "2000", "1997-05:12 1998-05:11 1999-05:17")]
    // Every Thursday in March, forever.
    [InlineData("19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "2000",
        "1997-03:13,20,27 1998-03:5,12,19,26 1999-03:4,11,18,25")]
    // Every Thursday, but only during June, July, and August, forever.
    [InlineData("19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "2000",
        "1997-06:5,12,19,26 1997-07:3,10,17,24,31 1997-08:7,14,21,28 1998-06:4,11,18,25 1998-07:2,9,16,23,30 "
        + "1998-08:6,13,20,27 1999-06:3,10,17,24 1999-07:1,8,15,22,29 1999-08:5,12,19,26")]
    // The first Saturday that follows the first Sunday of the month, forever.
    [InlineData("19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1998-07-01",
        "1997-09:13 1997-10:11 1997-11:8 1997-12:13 1998-01:10 1998-02:7 1998-03:7 1998-04:11 1998-05:9 1998-06:13")]
    // Every 4 years, the first Tuesday after a Monday in November, forever (U.S. Presidential Election day).
    [InlineData("19961105T090000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "2005",
        "1996-11:5 2000-11:7 2004-11:2")]
    // The third instance into the month of one of Tuesday, Wednesday, or Thursday, for the next 3 months.
    [InlineData("19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1999",
        "1997-09:4 1997-10:7 1997-11:6")]
    // The second-to-last weekday of the month.
    [InlineData("19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1998-04-01",
        "1997-09:29 1997-10:30 1997-11:27 1997-12:30 1998-01:29 1998-02:26 1998-03:30")]
    // Every 3 hours from 9:00 AM to 5:00 PM on a specific day (with the errata's UNTIL in UTC).
    [InlineData(Usual, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1999", "1997-09:2@0900+1200+1500")]
    // Every 15 minutes for 6 occurrences.
    [InlineData(Usual, "FREQ=MINUTELY;INTERVAL=15;COUNT=6", "1999", "1997-09:2@0900+0915+0930+0945+1000+1015")]
    // Every hour and a half for 4 occurrences.
    [InlineData(Usual, "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1999", "1997-09:2@0900+1030+1200+1330")]
    // Every 20 minutes from 9:00 AM to 4:40 PM every day, said in two ways.
    [InlineData(Usual, "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", "1997-09-04", EveryTwentyMinutes)]
    [InlineData(Usual, "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", "1997-09-04", EveryTwentyMinutes)]
    // WKST makes a difference.
    [InlineData("19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1999", "1997-08:5,10,19,24")]
    [InlineData("19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1999", "1997-08:5,17,19,31")]
    // An invalid date (February 30) is ignored.
    [InlineData("20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2009",
        "2007-01:15,30 2007-02:15 2007-03:15,30")]
    public void Expand_WhenExampleOfTheRfc_GivesItsList(string start, string rule, string before, string expected)
    {
        Assert.Equal(Walls(expected), Expand(start, rule, before));
    }

    // "Every day in January, for 3 years", said in two ways.
    [Theory]
    [InlineData("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA")]
    [InlineData("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1")]
    public void Expand_WhenEveryDayInJanuaryForThreeYears_GivesNinetyThreeDays(string rule)
    {
        string month = string.Join(',', Enumerable.Range(1, 31));

        Assert.Equal(
            Walls($"1998-01:{month} 1999-01:{month} 2000-01:{month}"),
            Expand("19980101T090000", rule, "2002"));
    }

    [Fact]
    public void Expand_WhenDailyUntilChristmasEve_GivesEveryDayUpToTheTwentyThird()
    {
        string[] starts = Expand(Usual, "FREQ=DAILY;UNTIL=19971224T000000Z", "1999");

        Assert.Equal(113, starts.Length);
        Assert.Equal("1997-09-02T09:00", starts[0]);
        Assert.Equal("1997-12-23T09:00", starts[^1]);
    }

    [Fact]
    public void Expand_WhenEveryFridayTheThirteenth_LeavesOutTheExcludedStart()
    {
        Expansion expansion = Series
            .Of("America/New_York:19970902T090000", "America/New_York:19970902T100000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13")
            .Excluding("America/New_York:19970902T090000")
            .Expand("19970101", "20001231");

        Assert.Equal(Walls("1998-02:13 1998-03:13 1998-11:13 1999-08:13 2000-10:13"), InWallTime(expansion));
    }

    private const string EveryTwentyMinutes =
        "1997-09:2@0900+0920+0940+1000+1020+1040+1100+1120+1140+1200+1220+1240+1300+1320+1340+1400+1420+1440+1500+1520"
        + "+1540+1600+1620+1640,"
        + "3@0900+0920+0940+1000+1020+1040+1100+1120+1140+1200+1220+1240+1300+1320+1340+1400+1420+1440+1500+1520"
        + "+1540+1600+1620+1640";

    private static string[] Expand(string start, string rule, string before)
    {
        string end = before.Length == 4 ? before + "0101" : before.Replace("-", "", StringComparison.Ordinal);
        CalendarActors.Domain.Events.CalendarObject series =
            Series.Of("America/New_York:" + start, "America/New_York:" + start, rule);
        Expansion expansion = series.Expand("19960101", end);
        Assert.False(expansion.IsTruncated);
        return InWallTime(expansion);
    }

    private static string[] InWallTime(Expansion expansion) => [.. expansion.Occurrences.Select(o =>
        $"{o.StartsAt.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime:uuuu-MM-dd'T'HH:mm}")];

    private static string[] Walls(string expected) => [.. expected.Split(' ').SelectMany(month =>
    {
        string[] halves = month.Split(':');
        return halves[1].Split(',').SelectMany(day =>
        {
            string[] parts = day.Split('@');
            string[] times = parts.Length == 1 ? ["0900"] : parts[1].Split('+');
            return times.Select(t => $"{halves[0]}-{int.Parse(parts[0]):00}T{t[..2]}:{t[2..]}");
        });
    })];
}
