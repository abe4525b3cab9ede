using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>Calendars that sleep are woken: seldom where the provider tells us, often where nobody does.</summary>
[Collection(SharedCluster.Name)]
public sealed class WakeTests(CalendarCluster cluster)
{
    private static readonly TimeSpan Watched = TimeSpan.FromHours(2);
    private static readonly TimeSpan Polled = TimeSpan.FromMinutes(30);

    private IReminderTable Reminders => cluster.Silos.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();

    [Fact]
    public async Task Reminder_OfACalendarWithoutAWatch_TicksEveryHalfHourUntilItIsForgotten()
    {
        TestLogin login = await TestLogin.ConnectedAsync(cluster);

        Assert.Equal(Polled, await PeriodAsync(login));
        await login.Connection.Revoke(default);
        await cluster.UntilAsync(async () => await PeriodAsync(login) is null, "it ticks no more", TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reminder_WhenTheWatchBeginsAndEnds_TicksSeldomAndOftenAgain(bool isRenewedInPlace)
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster, isRenewedInPlace);
        await UntilPeriodIsAsync(login, Watched);

        login.Watching.FailNext(ProviderFaultKind.Transient, times: 3);
        Assert.True(await login.Hints.Notify(
            TestLogin.NoticeOf(
                login.Watching.Of(login.Remote.Id)[0].Request.Secret,
                login.Watching.Of(login.Remote.Id)[0].Watch,
                Grains.Interfaces.Sync.WatchNoticeKind.Removed),
            default));
        await UntilPeriodIsAsync(login, Polled);
        await UntilPeriodIsAsync(login, Watched);

        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Calendar_WhenCollectedWhileItIsWatched_IsWokenWithinTheInterval()
    {
        TestLogin login = await TestLogin.WatchedAsync(cluster);
        await UntilPeriodIsAsync(login, Watched);
        await cluster.Silos.DeactivateAsync(login.Calendar);
        login.Remote.Put(TestLogin.Event("untold", "Untold"));
        int before = login.Provider.Calls.Count(c => c.CalendarId == login.Remote.Id);

        await cluster.UntilAsync(
            () => Task.FromResult(login.Provider.Calls.Count(c => c.CalendarId == login.Remote.Id) > before),
            "it was woken and pulls",
            Watched + TimeSpan.FromMinutes(5),
            TimeSpan.FromSeconds(30));
        await cluster.UntilAsync(() => login.ShowsAsync("Untold"), "it has what nobody told of", TimeSpan.FromMinutes(1));
        await login.Connection.Revoke(default);
    }

    private Task UntilPeriodIsAsync(TestLogin login, TimeSpan period) =>
        cluster.UntilAsync(
            async () => await PeriodAsync(login) == period, $"it ticks every {period}", TimeSpan.FromHours(2), TimeSpan.FromSeconds(10));

    private async Task<TimeSpan?> PeriodAsync(TestLogin login) =>
        (await Reminders.ReadRow(login.Calendar.GetGrainId(), WakeReminder.Name))?.Period;
}
