using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class HappeningsTests
{
    private static readonly CalendarTime Start = CalendarTime.Utc(new LocalDateTime(2026, 2, 2, 9, 0));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(3, null, false)]
    [InlineData(60, null, true)]
    [InlineData(null, 20, false)]
    [InlineData(null, 40, true)]
    public void GoOnAfter_OfADailySeries_IsSoWhereItEndsLater(int? count, int? days, bool expected) => Assert.Equal(
        expected,
        Happenings.GoOnAfter(
            Daily(count, days is { } d ? Start.WithLocal(Start.Local.PlusDays(d)) : null),
            Start.ToInstant(DateTimeZone.Utc) + Duration.FromDays(30),
            DateTimeZone.Utc,
            new ExpansionAllowance()));

    [Fact]
    public void GoOnAfter_WhenNothingMoreMayBeExpanded_IsNotRuledOut() => Assert.True(Happenings.GoOnAfter(
        Daily(3, null), Start.ToInstant(DateTimeZone.Utc) + Duration.FromDays(30), DateTimeZone.Utc, new ExpansionAllowance(0, 0)));

    [Fact]
    public void GoOnAfter_OfASingleEvent_IsNotSo() => Assert.False(Happenings.GoOnAfter(
        Daily(1, null) with { Rules = [] }, Instant.FromUtc(2020, 1, 1, 0, 0), DateTimeZone.Utc, new ExpansionAllowance()));

    private static CalendarObject Daily(int? count, CalendarTime? until) => new()
    {
        Uid = "u",
        Master = new EventDefinition(Start, Start.WithLocal(Start.Local.PlusHours(1)), EventContent.Empty),
        Rules = [new RecurrenceRule { Frequency = RecurrenceFrequency.Daily, Count = count, Until = until }],
    };
}
