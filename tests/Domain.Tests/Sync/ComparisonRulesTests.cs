using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using NodaTime;

namespace CalendarActors.Domain.Tests.Sync;

public sealed class ComparisonRulesTests
{
    private static readonly PullChanges Differences = Samples.Delta([Samples.Item("changed"), Samples.Item("new")], "gone", "written");

    [Fact]
    public void Decidable_WhenAPullBroughtSome_AreTheOthers()
    {
        PullChanges pulled = Samples.Delta([Samples.Item("new")], "gone");

        PullChanges left = ComparisonRules.Decidable(Differences, pulled, []);

        Assert.Equal("changed", Assert.Single(left.Upserted).Id);
        Assert.Equal("written", Assert.Single(left.Removed));
    }

    [Fact]
    public void Decidable_WhenSomethingWasWrittenAMomentAgo_KeepsItButTakesItsChange()
    {
        PullChanges left = ComparisonRules.Decidable(
            Differences, null, [new WriteGuard(1, "written", null), new WriteGuard(2, "changed", "1")]);

        Assert.Equal("gone", Assert.Single(left.Removed));
        Assert.Equal(["changed", "new"], left.Upserted.Select(i => i.Id));
    }

    [Fact]
    public void IsSettled_WhenFiveMinutesPassed_IsTrue()
    {
        Instant taken = Instant.FromUtc(2026, 2, 1, 12, 0);

        Assert.False(ComparisonRules.IsSettled(taken, taken + ComparisonRules.Settling - Duration.Epsilon));
        Assert.True(ComparisonRules.IsSettled(taken, taken + ComparisonRules.Settling));
    }
}
