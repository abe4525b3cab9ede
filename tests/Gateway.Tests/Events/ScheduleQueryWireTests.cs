using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CalendarActors.Gateway.Tests.Events;

public sealed class ScheduleQueryWireTests
{
    [Theory]
    [InlineData("?tzid=Etc%2FUTC&calendar_ids%5B%5D=cal_1&calendar_ids%5B%5D=cal_2")]
    [InlineData("?tzid=Etc/UTC&calendar_ids[]=cal_1&calendar_ids[]=cal_2")]
    [InlineData("?tzid=Etc/UTC&calendar_ids[0]=cal_1&calendar_ids[1]=cal_2")]
    [InlineData("?tzid=Etc/UTC&calendar_ids=cal_1&calendar_ids=cal_2&calendar_idsx=cal_3")]
    [InlineData("?tzid=Etc/UTC&calendar_ids[]=cal_1&calendar_ids[]=cal_2&calendar_ids[]=cal_1&calendar_ids[]=")]
    public void CalendarIds_HoweverBracketsArrive_AreAList(string query) =>
        Assert.Equal(["cal_1", "cal_2"], Good(query).CalendarIds.ToArray());

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("0", false)]
    [InlineData("", false)]
    public void Flags_InEveryLetterCase_AreRead(string text, bool expected)
    {
        ScheduleQuery query = Good(
            $"?tzid=Etc/UTC&include_deleted={text}&include_free={text}&localized_times={text}&include_geo={text}&include_ids={text}");

        Assert.Equal(expected, query.IncludeDeleted);
        Assert.Equal(expected, query.IncludeFree);
        Assert.Equal(new Presentation(expected, expected, expected), query.Presentation);
    }

    [Fact]
    public void Python_SendingEveryFlag_MeansManagedToo()
    {
        ScheduleQuery query = Good(
            "?tzid=Etc%2FUTC&include_deleted=False&include_moved=False&include_managed=True&only_managed=False"
            + "&localized_times=False&include_geo=False");

        Assert.Equal(ManagedEvents.Include, query.Managed);
    }

    [Theory]
    [InlineData("", ManagedEvents.Exclude)]
    [InlineData("&include_managed=true", ManagedEvents.Include)]
    [InlineData("&only_managed=true", ManagedEvents.Only)]
    [InlineData("&include_managed=true&only_managed=true", ManagedEvents.Only)]
    public void Managed_WhereBothAreAsked_OnlyWins(string query, ManagedEvents expected) =>
        Assert.Equal(expected, Good("?tzid=Etc/UTC" + query).Managed);

    [Fact]
    public void Window_FromADayThatItsZoneSkips_BeginsWithTheNext() =>
        Assert.Equal(Instant.FromUtc(2011, 12, 30, 10, 0), Good("?tzid=Pacific/Apia&from=2011-12-30").From);

    [Fact]
    public void Window_GivenAsDaysOrTimes_IsDaysInTheZone()
    {
        ScheduleQuery days = Good("?tzid=Asia/Tokyo&from=2030-01-01&to=2030-01-02");
        ScheduleQuery times = Good("?tzid=Asia/Tokyo&from=2029-12-31T20:00:00Z&to=2030-01-01T15:00:00Z");

        Assert.Equal(Instant.FromUtc(2029, 12, 31, 15, 0), days.From);
        Assert.Equal(Instant.FromUtc(2030, 1, 1, 15, 0), days.To);
        Assert.Equal(days.From, times.From);
        Assert.Equal(days.To, times.To);
    }

    [Fact]
    public void LastModified_AsCSharpWritesIt_IsRead() =>
        Assert.Equal(
            Instant.FromUtc(2030, 1, 1, 0, 0),
            Good("?tzid=Etc/UTC&last_modified=2030-01-01%2000%3A00%3A00Z").ChangedSince);

    [Theory]
    [InlineData("", "tzid errors.required")]
    [InlineData("?tzid=", "tzid errors.required")]
    [InlineData("?tzid=Mars/Olympus", "tzid errors.tzid_unrecognized")]
    [InlineData("?tzid=Etc/UTC&from=yesterday", "from errors.must_be_date")]
    [InlineData("?tzid=Etc/UTC&from=2030-02-30", "from errors.must_be_date")]
    [InlineData("?tzid=Etc/UTC&from=2030-01-02&to=2030-01-01", "to errors.invalid_time_pair")]
    [InlineData("?tzid=Etc/UTC&last_modified=2030-01-01T00:00:00.5Z", "last_modified errors.must_be_time")]
    [InlineData("?tzid=Etc/UTC&include_deleted=maybe", "include_deleted errors.must_be_boolean")]
    [InlineData("?tzid=Etc/UTC&include_moved=2", "include_moved errors.must_be_boolean")]
    public void Parameters_ThatAreWrong_AreNamed(string query, string expected)
    {
        RequestFaults faults = new();
        ScheduleQueryWire.Read(Query(query), faults);

        Assert.Equal([expected], faults.Errors.Select(e => $"{e.Field} {e.Key}"));
    }

    [Fact]
    public void Sentinels_AtTheEndsOfTheCalendar_AreRead() =>
        Good("?tzid=Pacific/Kiritimati&from=0001-01-01&to=9999-12-31&last_modified=9999-12-31T23:59:59Z");

    private static ScheduleQuery Good(string query)
    {
        RequestFaults faults = new();
        ScheduleQuery read = ScheduleQueryWire.Read(Query(query), faults);
        Assert.Empty(faults.Errors);
        return read;
    }

    private static IQueryCollection Query(string query) =>
        new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request.Query;
}
