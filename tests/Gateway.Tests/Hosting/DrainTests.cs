using CalendarActors.Gateway.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>A process that is told to stop leaves its proxy first.</summary>
public sealed class DrainTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Drain_WhenToldToStop_IsNotReadyAndEndsAfterItsDelay()
    {
        Drain drain = Delaying(TimeSpan.FromSeconds(5));
        HealthStatus before = await StatusAsync(drain);

        Task stopping = drain.StoppingAsync(CancellationToken.None);
        HealthStatus during = await StatusAsync(drain);
        _time.Advance(TimeSpan.FromSeconds(4));
        bool isEarly = stopping.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1));
        await stopping;

        Assert.Equal([HealthStatus.Healthy, HealthStatus.Unhealthy], [before, during]);
        Assert.False(isEarly);
    }

    [Fact]
    public async Task Drain_WhenTheHostRunsOutOfTime_EndsWithoutAFault()
    {
        using CancellationTokenSource host = new();
        Task stopping = Delaying(TimeSpan.FromSeconds(5)).StoppingAsync(host.Token);

        await host.CancelAsync();
        await stopping;
    }

    [Fact]
    public void Drain_UnlessItIsConfigured_EndsAtOnce() =>
        Assert.True(new Drain(Options.Create(new DrainOptions()), _time).StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);

    [Theory]
    [InlineData("-00:00:01")]
    [InlineData("00:00:21")]
    public void Options_WithADelayThatTheHostDoesNotGrant_NameTheRemedy(string delay) =>
        Assert.Contains(
            "CalendarActors__Drain__Delay",
            Assert.Single(new DrainOptions { Delay = TimeSpan.Parse(delay, System.Globalization.CultureInfo.InvariantCulture) }.Problems()),
            StringComparison.Ordinal);

    private Drain Delaying(TimeSpan delay) => new(Options.Create(new DrainOptions { Delay = delay }), _time);

    private static async Task<HealthStatus> StatusAsync(Drain drain) =>
        (await drain.CheckHealthAsync(new HealthCheckContext())).Status;
}
