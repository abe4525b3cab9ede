using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Sync;
using CalendarActors.Domain.Tests.Recurrence;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class ProjectionTests
{
    private static readonly CalendarObject EverySecond = Series.Of("20260101T000000Z", "20260101T000001Z", "FREQ=SECONDLY");

    [Fact]
    public void Project_WhenASeriesIsTooLong_SaysFromWhenTimeIsUnknown()
    {
        Projected projected = Project(EverySecond);

        Assert.Equal(RecurrenceLimits.MaxOccurrences, projected.Happenings.Count);
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(10_000), projected.UnknownFrom);
    }

    [Fact]
    public void Project_WhenASeriesThatIsTooLongTakesNoTime_KnowsAllOfIt()
    {
        EventDefinition free = EverySecond.Master! with { Content = EventContent.Empty with { Transparency = Transparency.Transparent } };

        Assert.Null(Project(EverySecond with { Master = free }).UnknownFrom);
    }

    [Fact]
    public void Project_WhenAFreeSeriesHasBusyOverrides_SaysFromWhenTimeIsUnknown()
    {
        EventDefinition free = EverySecond.Master! with { Content = EventContent.Empty with { Transparency = Transparency.Transparent } };
        CalendarObject series = EverySecond.Overriding("20260601T000000Z", "20260601T000000Z", "20260601T010000Z", thisAndFuture: true);

        Assert.NotNull(Project(series with { Master = free }).UnknownFrom);
    }

    [Fact]
    public void Project_WhenEverySeriesOfAThousandIsTooLong_StaysBoundedAndKeepsWhatHappensOnce()
    {
        CalendarObject once = Series.Of("20260301T090000Z", "20260301T100000Z");

        Projected projected = Project([.. Enumerable.Repeat(EverySecond, 1_000), once]);

        Assert.Equal(RecurrenceLimits.MaxOccurrencesOfCalendar + 1, projected.Happenings.Count);
        Assert.Contains(projected.Happenings, h => h.Occurrence.StartsAt == Instant.FromUtc(2026, 3, 1, 9, 0));
        Assert.Equal(Samples.Window.Padded.Start, projected.UnknownFrom);
    }

    private static Projected Project(params CalendarObject[] objects)
    {
        Schedule schedule = Schedule.Empty with
        {
            Items = Schedule.Empty.Items.AddRange(objects.Select((o, i) => KeyValuePair.Create(
                $"i{i}", new KnownItem($"i{i}", "1", o with { Uid = $"u{i}" }, Samples.Now, Samples.Now)))),
        };
        return Projection.Project("cal_1", schedule, [], new HashSet<string>(), Samples.Window, Samples.KeyOf);
    }
}
