using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Operators;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Operators;
using NodaTime;

namespace CalendarActors.Grains.Tests.Operators;

public sealed class SamplingTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 2, 1, 12, 0);

    [Fact]
    public void Calendars_WhenSummedUp_AreCountedOnceEachByWhatTheySay()
    {
        CalendarStatus well = new(Now - Duration.FromHours(1), 2, 3, null, 1, 1, Now + Duration.FromDays(2), 0.4);
        CalendarSample sample = Sampling.Of(
            [
                Connection(
                    "pro_1",
                    ProviderNames.Google,
                    ConnectionState.Connected,
                    well,
                    well with { LagSeconds = 1.0, WatchedUntil = Now + Duration.FromHours(23) },
                    well with { LagSeconds = 1.1, WatchedUntil = null, LastFault = "Throttled: the provider asked to be left alone." },
                    well with { LagSeconds = 4_000, LastSynced = Now - Duration.FromHours(25), LastFault = "Throttled: again" },
                    well with { LagSeconds = null, LastSynced = null, WatchedUntil = Now, LastFault = "Transient: it does not answer" }),
                Connection("pro_2", ProviderNames.Native, ConnectionState.Connected, well with { LastSynced = null }),
                Connection("pro_3", ProviderNames.Google, ConnectionState.Disconnected, well with { LastFault = "AuthDead: gone" }),
            ],
            Now);

        Assert.Equal((3, 5, 3, 1, 2), (sample.Connections, sample.Calendars, sample.Watched, sample.ExpiringWatches, sample.Stale));
        Assert.Equal((10, 15L), (sample.PendingWrites, sample.Repairs));
        Assert.Equal(
            [new(1, 2), new(5, 1), new(30, 0), new(60, 0), new(300, 0), new(double.PositiveInfinity, 1)], sample.Lags.Cast<LagCount>());
        Assert.Equal([KeyValuePair.Create("Throttled", 2), KeyValuePair.Create("Transient", 1)], sample.Faults);
        Assert.Equal(["pro_3"], sample.Disconnected.Select(c => c.Summary.ConnectionId));
    }

    [Fact]
    public void Disconnected_WhenTheyAreMany_AreToldUpToABound() => Assert.Equal(
        Sampling.MostDisconnected,
        Sampling.Of(
            [.. Enumerable.Range(0, 50).Select(i => Connection($"pro_{i}", ProviderNames.Google, ConnectionState.Disconnected))], Now).Disconnected.Length);

    [Fact]
    public void Channels_WhenSummedUp_TellTheOldestThatWaits()
    {
        ChannelStatus idle = new("chn_1", "app_1", "acc_1", true, 0, null, 0, null, null, null, null, null);
        ChannelSample sample = Sampling.Of(
        [
            idle,
            idle with { Attempts = 3, Backlog = 2, Oldest = Now - Duration.FromHours(1) },
            idle with { Backlog = 5, Oldest = Now - Duration.FromHours(2) },
            idle with { Attempts = 9, Closed = Domain.Channels.CloseReason.GivenUp },
        ]);

        Assert.Equal(new ChannelSample(4, 1, 1, 7, Now - Duration.FromHours(2)), sample);
        Assert.Null(Sampling.Of([idle]).Oldest);
    }

    private static ConnectionHealth Connection(string id, string provider, ConnectionState state, params CalendarStatus[] calendars) => new(
        new ConnectionSummary(id, 1, provider, "name", null, state, null, false, []),
        calendars.Select((status, i) => KeyValuePair.Create($"cal_{i}", status)).ToImmutableDictionary());
}
