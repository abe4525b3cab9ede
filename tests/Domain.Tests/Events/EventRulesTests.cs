using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Events;

public sealed class EventRulesTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co.uk")]
    [InlineData("o'neil@example.com")]
    [InlineData("müller@müller.example")]
    [InlineData("root@localhost")]
    public void MailAddress_ThatServersAccept_IsPlausible(string text) => Assert.True(MailAddresses.IsPlausible(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@b@c")]
    [InlineData("a b@example.com")]
    [InlineData("a@example..com")]
    [InlineData(".a@example.com")]
    [InlineData("a@-example.com")]
    [InlineData("Name <a@example.com>")]
    [InlineData("a@example.com\r\nX: y")]
    [InlineData("a,b@example.com")]
    public void MailAddress_ThatNoServerAccepts_IsNot(string text) => Assert.False(MailAddresses.IsPlausible(text));

    [Fact]
    public void Text_OfCharactersOutsideTheFirstPlane_CountsEachOnce()
    {
        string smiles = string.Concat(Enumerable.Repeat("😀", 10));

        Assert.True(EventRules.IsWithin(smiles, 10));
        Assert.False(EventRules.IsWithin(smiles, 9));
    }

    [Theory]
    [InlineData("line\r\nline\ttab", true)]
    [InlineData("bell\a", false)]
    [InlineData("nul\0", false)]
    public void Text_WithControlCharacters_IsNotPlain(string text, bool isPlain) =>
        Assert.Equal(isPlain, EventRules.IsPlain(text));

    [Theory]
    [InlineData("#49BED8", true)]
    [InlineData("#49bed8", true)]
    [InlineData("49BED8", false)]
    [InlineData("#49BED", false)]
    [InlineData("#49BEDG", false)]
    [InlineData("red", false)]
    public void Color_OtherThanSixHexDigits_IsNone(string text, bool isColor) =>
        Assert.Equal(isColor, EventRules.IsColor(text));

    [Theory]
    [InlineData("https://example.com/a?b=c", true)]
    [InlineData("mailto:a@example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://example.com/\r\nATTENDEE:x", false)]
    public void Url_ThatIsNotAbsolute_IsNone(string text, bool isUrl) => Assert.Equal(isUrl, EventRules.IsUrl(text));

    [Theory]
    [InlineData("48.8583", 90, true)]
    [InlineData("-90", 90, true)]
    [InlineData("90.01", 90, false)]
    [InlineData("1e1", 90, false)]
    [InlineData("NaN", 90, false)]
    [InlineData("", 90, false)]
    public void Degrees_OutOfRangeOrNoDecimal_AreNone(string text, int limit, bool isDegrees) =>
        Assert.Equal(isDegrees, EventRules.IsDegrees(text, limit));

    [Fact]
    public void Pair_ThatMixesKindsOrRunsBackwards_IsNone()
    {
        CalendarTime day = CalendarTime.OnDate(new LocalDate(2030, 1, 1));
        CalendarTime nextDay = CalendarTime.OnDate(new LocalDate(2030, 1, 2));
        CalendarTime nineInParis = CalendarTime.InZone(new LocalDateTime(2030, 1, 1, 9, 0), "Europe/Paris");
        CalendarTime nineInLondon = CalendarTime.InZone(new LocalDateTime(2030, 1, 1, 9, 0), "Europe/London");

        Assert.True(EventRules.IsPair(day, nextDay));
        Assert.True(EventRules.IsPair(nineInParis, nineInLondon));
        Assert.False(EventRules.IsPair(nineInLondon, nineInParis));
        Assert.False(EventRules.IsPair(day, day));
        Assert.False(EventRules.IsPair(day, nineInParis));
    }
}
