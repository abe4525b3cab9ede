using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CalendarActors.Grains.Sync;
using CalendarActors.Grains.Tests.Cluster;

namespace CalendarActors.Grains.Tests.Sync;

/// <summary>What an operator can see of how well a calendar is kept.</summary>
[Collection(SharedCluster.Name)]
public sealed class CalendarHealthTests : IDisposable
{
    private readonly CalendarCluster _cluster;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, string? Provider, double Value)> _measured = new();

    public CalendarHealthTests(CalendarCluster cluster)
    {
        _cluster = cluster;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SyncMeters.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Change_WhenItCanBeReadOnlyAfterItWasTold_ShowsItsLag()
    {
        TestLogin login = await TestLogin.WatchedAsync(_cluster);
        int before = login.Pulls;
        await login.TellAsync();
        await _cluster.UntilAsync(() => Task.FromResult(login.Pulls > before), "the pull that brings nothing", TimeSpan.FromSeconds(1));
        await _cluster.PassAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        login.Remote.Put(TestLogin.Event("late", "Late"));
        await _cluster.UntilAsync(() => login.ShowsAsync("Late"), "the second look", TimeSpan.FromSeconds(30));

        // Readers see it before the round that brought it is over.
        await _cluster.UntilAsync(() => Task.FromResult(_measured.Any(m => m.Instrument == "calendar.lag")), "it is measured", step: TimeSpan.FromTicks(1));

        double lag = (await login.Calendar.Status(default)).LagSeconds!.Value;
        Assert.InRange(lag, 4, 30);
        Assert.Contains(("calendar.lag", login.Provider.Names[0], lag), _measured);
        Assert.Contains(("calendar.notifications", login.Provider.Names[0], 1), _measured);
        await login.Connection.Revoke(default);
    }

    [Fact]
    public async Task Change_WhenNobodyTellsOfIt_IsCountedAsALostNotification()
    {
        TestLogin login = await TestLogin.WatchedAsync(_cluster);
        login.Remote.Put(TestLogin.Event("untold", "Untold"));
        await _cluster.UntilAsync(
            () => login.ShowsAsync("Untold"), "the slow poll", TimeSpan.FromHours(8), TimeSpan.FromMinutes(2));

        // Readers see it before the round that brought it is over.
        await _cluster.UntilAsync(
            () => Task.FromResult(_measured.Contains(("calendar.notifications.lost", login.Provider.Names[0], 1))), "it is counted");
        Assert.Null((await login.Calendar.Status(default)).LagSeconds);
        await login.Connection.Revoke(default);
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? provider = null;
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            provider = tag.Key == "provider" ? tag.Value as string : provider;
        }

        _measured.Enqueue((instrument.Name, provider, value));
    }
}
