using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Time;

public sealed class ZoneIdsTests
{
    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("America/New York", "America/New_York")]
    [InlineData("Europe/Oslo", "Europe/Oslo")]
    [InlineData("US/Eastern", "US/Eastern")]
    [InlineData("UTC", "UTC")]
    [InlineData("Etc/GMT+5", "Etc/GMT+5")]
    public void Resolve_WhenIanaIdOrAlias_KeepsItAsTheDatabaseSpellsIt(string text, string expected) =>
        Assert.Equal(expected, ZoneIds.Resolve(text));

    [Theory]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("w. europe standard time", "Europe/Berlin")]
    [InlineData("Pacific Standard Time", "America/Los_Angeles")]
    [InlineData("India Standard Time", "Asia/Kolkata")]
    [InlineData("tzone://Microsoft/Utc", "Etc/UTC")]
    public void Resolve_WhenWindowsId_GivesTheZoneOfItsTerritory(string text, string expected)
    {
        string? id = ZoneIds.Resolve(text);

        Assert.NotNull(id);
        Assert.Equal(Canonical(expected), Canonical(id));
    }

    [Fact]
    public void Resolve_WhenAnyWindowsIdOfCldr_GivesAZoneThatCalendarTimeAccepts()
    {
        foreach (string windows in NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.WindowsToTzdbIds.Keys)
        {
            string? id = ZoneIds.Resolve(windows);

            Assert.Equal(id, CalendarTime.InZone(new LocalDateTime(2026, 1, 1, 0, 0), id!).ZoneId);
        }
    }

    [Theory]
    [InlineData("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia", "America/Argentina/Ushuaia")]
    [InlineData("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin")]
    [InlineData("/softwarestudio.org/Olson_20011030_5/America/New_York", "America/New_York")]
    [InlineData("/Europe/Berlin", "Europe/Berlin")]
    public void Resolve_WhenGloballyUniqueName_TakesTheIdAtItsEnd(string text, string expected) =>
        Assert.Equal(expected, ZoneIds.Resolve(text));

    [Theory]
    [InlineData("\"Europe/Berlin\"", "Europe/Berlin")]
    [InlineData("  Europe/Berlin \t", "Europe/Berlin")]
    [InlineData("\"W. Europe Standard Time \" ", "Europe/Berlin")]
    [InlineData("Z", "Etc/UTC")]
    public void Resolve_WhenQuotedOrPadded_ReadsTheNameInside(string text, string expected) =>
        Assert.Equal(expected, ZoneIds.Resolve(text));

    [Theory]
    [InlineData("GMT+0200", "Etc/GMT-2")]
    [InlineData("GMT-05:00", "Etc/GMT+5")]
    [InlineData("UTC+1", "Etc/GMT-1")]
    [InlineData("UTC+14", "Etc/GMT-14")]
    [InlineData("GMT+0000", "Etc/UTC")]
    public void Resolve_WhenWholeHoursFromGreenwich_GivesThePosixNamedZone(string text, string expected) =>
        Assert.Equal(expected, ZoneIds.Resolve(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("/")]
    [InlineData("Customized Time Zone")]
    [InlineData("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna")]
    [InlineData("UTC+05:30")]
    [InlineData("GMT+99")]
    [InlineData("GMT+")]
    [InlineData("Europe/Atlantis")]
    [InlineData("tzone://Microsoft/Custom")]
    public void Resolve_WhenTheNameSaysNothing_GivesNull(string? text) => Assert.Null(ZoneIds.Resolve(text));

    [Fact]
    public void Resolve_WhenTheNameIsEndless_GivesNull() => Assert.Null(ZoneIds.Resolve("/" + new string('/', 1_000_000)));

    private static string Canonical(string id) =>
        NodaTime.TimeZones.TzdbDateTimeZoneSource.Default.CanonicalIdMap[id];
}
