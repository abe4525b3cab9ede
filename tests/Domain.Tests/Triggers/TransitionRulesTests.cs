using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;
using NodaTime;

namespace CalendarActors.Domain.Tests.Triggers;

public sealed class TransitionRulesTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 2, 1, 12, 0);
    private static readonly Transition Quarter = new(IsBefore: true, EventEdge.Start, 15);

    private TransitionProgress _progress = TransitionProgress.From(Noon);

    [Fact]
    public void DueOf_WhenCountedFromEitherEdge_IsThatFarAway()
    {
        HappeningTimes lunch = At(60);

        Assert.Equal(Minute(45), Quarter.DueOf(lunch));
        Assert.Equal(Minute(61), new Transition(false, EventEdge.Start, 1).DueOf(lunch));
        Assert.Equal(Minute(89), new Transition(true, EventEdge.End, 1).DueOf(lunch));
        Assert.Equal(Minute(90), new Transition(false, EventEdge.End, 0).DueOf(lunch));
    }

    [Fact]
    public void Step_WhenItIsAhead_WaitsAndThenFiresOnce()
    {
        Assert.Empty(Look(1, At(60)));
        Assert.Equal(Minute(45), _progress.Armed?.Due);
        Assert.Empty(Look(44, At(60)));
        Assert.Equal([45], Look(45, At(60)));
        Assert.Empty(Look(46, At(60)));
        Assert.Null(_progress.Armed);
    }

    [Fact]
    public void Step_WhenCallsAreSpread_FiresNoSoonerAndIsStillOfTheSameMoment()
    {
        TransitionStep Spread(double minutes) => TransitionRules.Step(
            _progress, Quarter, [At(60)], Noon, Minute(0) + Duration.FromMinutes(minutes), Duration.FromSeconds(20));

        _progress = Spread(45.3).Progress;
        Assert.Equal(Minute(45), _progress.Armed?.Due);
        Assert.Equal(Minute(45), Assert.Single(Spread(45.34).Fired).Due);
    }

    [Fact]
    public void Step_WhenWeWereAway_FiresLateAndOnce()
    {
        Look(1, At(60));

        Assert.Equal([45], Look(600, At(60)));
        Assert.Empty(Look(601, At(60)));
    }

    [Fact]
    public void Step_WhenItWasPastAtSubscribing_NeverFires() => Assert.Empty(Look(30, At(10)));

    [Fact]
    public void Step_WhenItIsNewAndItsWriteWasCommittedAfterItWasDue_Fires() => Assert.Equal([5], Look(30, [At(20)], changed: 10));

    [Fact]
    public void Step_WhenTheEventMovesBeforeItIsDue_FollowsIt()
    {
        Look(1, At(60));

        Assert.Empty(Look(50, [At(120)], changed: 40));
        Assert.Empty(Look(104, [At(120)], changed: 40));
        Assert.Equal([105], Look(105, [At(120)], changed: 40));
    }

    [Fact]
    public void Step_WhenTheEventMovesAfterItWasDueAndBeforeWeCalled_CallsAboutBoth()
    {
        Look(1, At(60));

        Assert.Equal([45], Look(50, [At(120)], changed: 46));
        Assert.Equal([105], Look(200, [At(120)], changed: 46));
    }

    [Fact]
    public void Step_WhenTheEventMovesAfterItFired_FiresAgain()
    {
        Look(1, At(60));
        Look(45, At(60));

        Assert.Empty(Look(47, [At(120)], changed: 46));
        Assert.Equal([105], Look(105, [At(120)], changed: 46));
        Assert.Empty(Look(107, [At(60)], changed: 106));
    }

    [Fact]
    public void Step_WhenTheEventMovesBehindIt_PassesItOver()
    {
        Look(1, At(60));

        Assert.Empty(Look(10, [At(20)], changed: 9));
        Assert.Empty(Look(500, [At(20)], changed: 9));
    }

    [Fact]
    public void Step_WhenWeHearLateOfAMoveThatLeftItAhead_Fires()
    {
        Look(1, At(600));

        Assert.Equal([45], Look(46, [At(60)], changed: 44));
    }

    [Fact]
    public void Step_WhenOnlyTheTitleChangedWhileWeWereAway_Fires()
    {
        Look(1, At(60));

        Assert.Equal([45], Look(50, [At(60)], changed: 48));
    }

    [Fact]
    public void Step_WhenTheEndMoves_TellsOfTheNewEnd()
    {
        Look(1, At(60));
        HappeningTimes longer = At(60) with { EndsAt = Minute(300) };

        Look(10, [longer], changed: 9);

        Assert.Equal(longer, _progress.Armed?.Happening);
    }

    [Fact]
    public void Step_WhenTheEventGoesBeforeItIsDue_NeverFires()
    {
        Look(1, At(60));

        Assert.Empty(Look(50, [], changed: 44));
        Assert.Null(_progress.Armed);
    }

    [Fact]
    public void Step_WhenTheEventGoesAfterItWasDue_FiresWithWhatWasKnown()
    {
        Look(1, At(60));

        TransitionStep step = TransitionRules.Step(_progress, Quarter, [], Minute(45), Minute(50), Duration.Zero);

        Assert.Equal(new Armed(Minute(45), At(60)), Assert.Single(step.Fired));
        Assert.Null(step.Progress.Armed);
    }

    [Fact]
    public void Step_OfASeriesWhileWeWereAway_FiresForEachInOrder()
    {
        Look(1, At(60), At(120), At(180));

        Assert.Equal([45, 105], Look(110, [At(60), At(180), At(120)], changed: 108));
        Assert.Equal([165], Look(500, [At(60), At(180), At(120)], changed: 108));
    }

    [Fact]
    public void Step_WhenOneOfASeriesIsPutBeforeTheNext_FiresForIt()
    {
        Look(1, At(120), At(180));

        Assert.Empty(Look(10, [At(60), At(120)], changed: 9));
        Assert.Equal([45, 105], Look(105, [At(60), At(120)], changed: 9));
    }

    [Fact]
    public void Step_WhenOneOfASeriesIsPutIntoThePast_PassesItOver()
    {
        Look(1, At(60), At(120), At(180));
        Look(45, At(60), At(120), At(180));

        Assert.Empty(Look(90, [At(60), At(70), At(120)], changed: 89));
        Assert.Equal([105], Look(110, [At(60), At(70), At(120)], changed: 89));
    }

    private static Instant Minute(int minute) => Noon + Duration.FromMinutes(minute);

    private static HappeningTimes At(int minute) => new(
        $"evt_{minute}", CalendarTime.Utc(Minute(minute)), CalendarTime.Utc(Minute(minute + 30)), Minute(minute), Minute(minute + 30));

    private int[] Look(int minute, params HappeningTimes[] happenings) => Look(minute, happenings, changed: 0);

    /// <summary>The minutes of what fired.</summary>
    private int[] Look(int minute, HappeningTimes[] happenings, int changed)
    {
        TransitionStep step = TransitionRules.Step(_progress, Quarter, happenings, Minute(changed), Minute(minute), Duration.Zero);
        _progress = step.Progress;
        return [.. step.Fired.Select(f => (int)(f.Due - Noon).TotalMinutes)];
    }
}
