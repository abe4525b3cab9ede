namespace CalendarActors.Grains.Tests.Cluster;

public sealed class VirtualTimeTests
{
    [Fact]
    public void Now_WhenAskedForWithoutEndJustBeforeAnInstant_ReachesIt()
    {
        VirtualTime time = new(DateTimeOffset.UnixEpoch);
        DateTimeOffset due = DateTimeOffset.UnixEpoch.AddMicroseconds(500);

        Assert.Contains(Enumerable.Range(0, VirtualTime.Patience), _ => time.GetUtcNow() >= due);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(1), time.GetUtcNow());
    }
}
