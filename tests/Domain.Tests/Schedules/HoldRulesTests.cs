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
    public void Take_WhenAskedAgain_KeepsItAsItWas()
    {
        (HoldOutcome outcome, ImmutableArray<Hold> next) = HoldRules.Take(
            [First], First with { ExpiresAt = First.ExpiresAt + Duration.FromHours(1) }, TimeSet.Of(new Stretch(0, 100)), Now);

        Assert.Equal(HoldOutcome.Held, outcome);
        Assert.Equal([First], next.AsEnumerable());
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
        Assert.False(HoldRules.Confirm(settled, First.Key, First.ClientId, First.Time, Now, Now).IsDefault);
        Assert.Equal(1, HoldRules.Kept(HoldRules.Settle([First], First.Key, "app_2"), Now).Count);
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

        ImmutableArray<Hold> next = HoldRules.Confirm([First], key, client, new Stretch(start, end), until, Now);

        Assert.Equal(isKept, !next.IsDefault);
        Assert.True(!isKept || next[0].ExpiresAt == until);
        Assert.True(HoldRules.Confirm([First], First.Key, First.ClientId, null, until, First.ExpiresAt).IsDefault);
    }

    [Fact]
    public void Release_OfSomebodyElses_KeepsIt()
    {
        Assert.Empty(HoldRules.Release([First], First.Key, First.ClientId));
        Assert.Single(HoldRules.Release([First], First.Key, "app_2"));
        Assert.Single(HoldRules.Release([First], "hld_2", First.ClientId));
    }
}
