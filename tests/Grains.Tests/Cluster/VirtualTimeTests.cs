namespace CalendarActors.Grains.Tests.Cluster;

public sealed class VirtualTimeTests
{
    [Fact]
    public async Task Wait_WhenLessThanAMillisecondIsMissing_Ends()
    {
        VirtualTime time = new(DateTimeOffset.UnixEpoch);
        DateTimeOffset due = DateTimeOffset.UnixEpoch.AddMicroseconds(500);
        Task wait = Task.Run(async () =>
        {
            while (time.GetUtcNow() < due)
            {
                await Task.Delay(due - time.GetUtcNow(), time);
            }
        });

        await wait.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(time.GetUtcNow() >= due);
    }
}
