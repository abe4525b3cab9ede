using CalendarActors.Providers.ICalendar;
using NodaTime;

namespace CalendarActors.Providers.Tests.ICalendar;

public sealed class ZoneDefinitionTests
{
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Asia/Tehran")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Africa/Casablanca")]
    [InlineData("America/St_Johns")]
    [InlineData("Europe/Dublin")]
    [InlineData("Etc/GMT-2")]
    public void Definition_WhenReadWithoutItsName_DescribesTheSameOffsets(string zoneId)
    {
        CalendarComponent definition = ZoneDefinition.Create(zoneId, 2027);
        definition.SetLine(ContentLine.Create("TZID", "Nameless"));
        var calendar = new CalendarComponent("VCALENDAR");
        calendar.Components.Add(definition);
        calendar.Components.Add(CalendarText.Parse(CalendarTexts.Event("DTSTART;TZID=Nameless:20270101T000000"))!.Components[0]);

        string? matched = ZoneLookup.Of(calendar).Find("Nameless");

        Assert.NotNull(matched);
        DateTimeZone expected = DateTimeZoneProviders.Tzdb[zoneId];
        DateTimeZone actual = DateTimeZoneProviders.Tzdb[matched];
        for (int hour = 0; hour < 24 * 365 * 3; hour += 6)
        {
            Instant at = Instant.FromUtc(2027, 1, 1, 0, 0) + Duration.FromHours(hour);
            Assert.Equal(expected.GetUtcOffset(at), actual.GetUtcOffset(at));
        }
    }

    [Fact]
    public void Definition_WhenTheZoneKeepsToAPattern_IsTwoRulesWithoutEnd()
    {
        var calendar = new CalendarComponent("VCALENDAR");
        calendar.Components.Add(ZoneDefinition.Create("Europe/Berlin", 2027));

        string text = CalendarText.Write(calendar);

        Assert.Contains("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n", text, StringComparison.Ordinal);
        Assert.Contains("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n", text, StringComparison.Ordinal);
        Assert.Contains("TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n", text, StringComparison.Ordinal);
    }
}
