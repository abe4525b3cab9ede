using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Schedules;
using NodaTime;

namespace CalendarActors.Domain.Tests.Schedules;

public sealed class HoldRulesTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_000);
    private static readonly Hold First = new("hld_1", "app_1", new Stretch(10, 20), Now + Duration.FromSeconds(60));

    [Theory]
    [InlineData(0, 10, HoldOutcome.Held)]
    [InlineData(20, 30, HoldOutcome.Held)]
    [InlineData(19, 21, HoldOutcome.HeldByAnother)]
    [InlineData(5, 11, HoldOutcome.HeldByAnother)]
    [InlineData(12, 13, HoldOutcome.HeldByAnother)]
    [InlineData(40, 50, HoldOutcome.Busy)]
    public void Take_WhenSomeTimeIsKeptAndSomeBusy_TakesWhatIsFree(long start, long end, HoldOutcome expected)
    {
        Hold wanted = First with { Key = "hld_2", Time = new Stretch(start, end) };

        (HoldOutcome outcome, ImmutableArray<Hold> next) = HoldRules.Take([First], wanted, TimeSet.Of(new Stretch(49, 60)), Now);

        Assert.Equal(expected, outcome);
        Assert.Equal(expected == HoldOutcome.Held ? [First, wanted] : [First], next.AsEnumerable());
    }

    [Fact]
    public void Take_WhenAskedAgain_KeepsItUntilThenAtLeast()
    {
        Hold longer = First with { ExpiresAt = First.ExpiresAt + Duration.FromHours(1) };

        (HoldOutcome outcome, ImmutableArray<Hold> next) = HoldRules.Take([First], longer, TimeSet.Of(new Stretch(0, 100)), Now);

        Assert.Equal(HoldOutcome.Held, outcome);
        Assert.Equal([longer], next.AsEnumerable());
        Assert.Equal([longer], HoldRules.Take(next, First, TimeSet.Empty, Now).Holds.AsEnumerable());
    }

    [Fact]
    public void Take_OfTheSameForAnotherTime_IsAnotherHoldUnlessAMeetingIsBeingWritten()
    {
        Hold moved = First with { Time = new Stretch(40, 50) };

        Assert.Equal([moved], HoldRules.Take([First], moved, TimeSet.Empty, Now).Holds.AsEnumerable());
        Assert.Equal(
            [moved], HoldRules.Take(HoldRules.Settle([First], First.Key, First.ClientId), moved, TimeSet.Empty, Now).Holds.AsEnumerable());
        Assert.Equal(
            HoldOutcome.HeldByAnother,
            HoldRules.Take(Confirm([First], "m", Now + Duration.FromSeconds(1)), moved, TimeSet.Empty, Now).Outcome);
    }

    [Fact]
    public void Take_WhenAnotherOneIsOver_TakesItsTime()
    {
        Hold wanted = First with { Key = "hld_2", ExpiresAt = First.ExpiresAt + Duration.FromSeconds(60) };

        Assert.Equal(HoldOutcome.HeldByAnother, HoldRules.Take([First], wanted, TimeSet.Empty, First.ExpiresAt - Duration.Epsilon).Outcome);
        (HoldOutcome outcome, ImmutableArray<Hold> next) = HoldRules.Take([First], wanted, TimeSet.Empty, First.ExpiresAt);

        Assert.Equal(HoldOutcome.Held, outcome);
        Assert.Equal([wanted], next.AsEnumerable());
    }

    [Fact]
    public void Take_WhenAsMuchIsKeptAsMayBe_IsFull()
    {
        ImmutableArray<Hold> many = [.. Enumerable.Range(0, HoldRules.Most).Select(i =>
            First with { Key = $"hld_{i}", Time = new Stretch(100 + i, 101 + i) })];

        Assert.Equal(HoldOutcome.Full, HoldRules.Take(many, First with { Key = "hld_x" }, TimeSet.Empty, Now).Outcome);
    }

    [Fact]
    public void Settle_OfAHold_LeavesTheTimeToTheMeetingAndRemembersIt()
    {
        ImmutableArray<Hold> settled = HoldRules.Settle([First], First.Key, First.ClientId);

        Assert.Equal(0, HoldRules.Kept(settled, Now).Count);
        Assert.False(Confirm(settled, "m").IsDefault);
        Assert.Equal(HoldOutcome.Settled, HoldRules.Take(settled, First, TimeSet.Empty, Now).Outcome);
        Assert.Equal(1, HoldRules.Kept(HoldRules.Settle([First], First.Key, "app_2"), Now).Count);
    }

    [Fact]
    public void Confirm_OfAHoldThatIsUsed_IsForTheSameMeetingWhileNobodyElseHasTheTime()
    {
        ImmutableArray<Hold> settled = HoldRules.Settle(Confirm([First], "m"), First.Key, First.ClientId);

        Assert.True(Confirm(settled, "other").IsDefault);
        Assert.False(Confirm(settled, "m").IsDefault);
        (_, ImmutableArray<Hold> shared) = HoldRules.Take(settled, First with { Key = "hld_2", ClientId = "app_2" }, TimeSet.Empty, Now);
        Assert.Equal(2, shared.Length);
        Assert.True(Confirm(shared, "m").IsDefault);
        Assert.True(Confirm(HoldRules.Settle(shared, "hld_2", "app_2"), "m").IsDefault);
    }

    [Fact]
    public void Confirm_UntilAnotherMeetingIsKnownNotToBeWritten_IsRefused()
    {
        Instant until = Now + Duration.FromSeconds(10);
        ImmutableArray<Hold> written = Confirm([First], "m", until);

        Assert.True(Confirm(written, "other").IsDefault);
        Assert.False(Confirm(HoldRules.Reopen(written, First.Key, First.ClientId), "other").IsDefault);
        Assert.True(Confirm(written, "other", until, at: until).IsDefault);
        Assert.Equal("m", Confirm(written, "m", until, at: until)[0].Meeting);
    }

    [Fact]
    public void Release_WhileTheMeetingIsBeingWritten_KeepsItNoLongerThanThat()
    {
        Instant until = Now + Duration.FromSeconds(10);
        ImmutableArray<Hold> written = Confirm([First], "m", until);

        Assert.Equal(until, Assert.Single(HoldRules.Release(written, First.Key, First.ClientId, Now)).ExpiresAt);
        Assert.Empty(HoldRules.Release(written, First.Key, First.ClientId, until));
        Assert.Empty(HoldRules.Release(HoldRules.Settle(written, First.Key, First.ClientId), First.Key, First.ClientId, Now));
        Assert.Empty(HoldRules.Release(HoldRules.Reopen(written, First.Key, First.ClientId), First.Key, First.ClientId, Now));
    }

    [Theory]
    [InlineData("hld_1", "app_1", 10, 20, true)]
    [InlineData("hld_1", "app_1", 12, 18, true)]
    [InlineData("hld_1", "app_1", 12, 21, false)]
    [InlineData("hld_1", "app_1", 9, 12, false)]
    [InlineData("hld_1", "app_2", 10, 20, false)]
    [InlineData("hld_2", "app_1", 10, 20, false)]
    public void Confirm_OfAMeeting_IsForWhoeverKeepsAllOfItsTime(string key, string client, long start, long end, bool isKept)
    {
        Instant until = First.ExpiresAt + Duration.FromSeconds(30);

        ImmutableArray<Hold> next = HoldRules.Confirm([First], key, client, "m", new Stretch(start, end), until, Now);

        Assert.Equal(isKept, !next.IsDefault);
        Assert.True(!isKept || next[0].ExpiresAt == until);
        Assert.True(HoldRules.Confirm([First], First.Key, First.ClientId, null, null, until, First.ExpiresAt).IsDefault);
    }

    [Fact]
    public void Release_OfSomebodyElses_KeepsIt()
    {
        Assert.Empty(HoldRules.Release([First], First.Key, First.ClientId, Now));
        Assert.Single(HoldRules.Release([First], First.Key, "app_2", Now));
        Assert.Single(HoldRules.Release([First], "hld_2", First.ClientId, Now));
    }

    private static ImmutableArray<Hold> Confirm(ImmutableArray<Hold> holds, string meeting, Instant? until = null, Instant? at = null) =>
        HoldRules.Confirm(holds, First.Key, First.ClientId, meeting, First.Time, until ?? Now, at ?? Now);
}
