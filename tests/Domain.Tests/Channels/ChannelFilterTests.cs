using CalendarActors.Domain.Channels;

namespace CalendarActors.Domain.Tests.Channels;

public sealed class ChannelFilterTests
{
    private const string Mine = "app_mine";

    private static readonly ChannelFilter All = ChannelFilter.None;

    private static readonly ChannelFilter Managed = new([], OnlyManaged: true);

    private static readonly ChannelFilter OfOne = new(["cal_1"], OnlyManaged: false);

    /// <summary>Whose event, who wrote it; without a filter, only managed, another calendar, the calendar.</summary>
    public static TheoryData<string?, string?, bool, bool> Origins => new()
    {
        { null, null, true, false },
        { Mine, null, true, true },
        { Mine, Mine, false, false },
        { null, Mine, false, false },
        { "app_other", "app_other", true, false },
        { Mine, "app_other", true, true },
        { "app_other", null, true, false },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public void Filter_WhenEventsChange_TellsOfOthersWritesAndOfThoseAskedFor(
        string? managedBy, string? writtenBy, bool all, bool managed)
    {
        Assert.Equal(all, All.TellsOfEvents(Mine, "cal_1", (managedBy, writtenBy)));
        Assert.Equal(managed, Managed.TellsOfEvents(Mine, "cal_1", (managedBy, writtenBy)));
        Assert.Equal(all, OfOne.TellsOfEvents(Mine, "cal_1", (managedBy, writtenBy)));
        Assert.False(OfOne.TellsOfEvents(Mine, "cal_2", (managedBy, writtenBy)));
    }

    [Fact]
    public void Filter_WhenSeveralWroteAtOnce_TellsIfOneOfThemIsAnother()
    {
        Assert.True(All.TellsOfEvents(Mine, "cal_1", (Mine, Mine), (null, null)));
        Assert.False(Managed.TellsOfEvents(Mine, "cal_1", (Mine, Mine), (null, null)));
        Assert.True(Managed.TellsOfEvents(Mine, "cal_1", (Mine, Mine), (Mine, null)));
    }

    [Fact]
    public void Filter_WhenTheListOfCalendarsChanges_TellsThoseWhoNamedNone()
    {
        Assert.True(All.TellsOfCalendars(Mine));
        Assert.False(All.TellsOfCalendars(Mine, (null, Mine)));
        Assert.False(Managed.TellsOfCalendars(Mine));
        Assert.False(OfOne.TellsOfCalendars(Mine));
    }
}
