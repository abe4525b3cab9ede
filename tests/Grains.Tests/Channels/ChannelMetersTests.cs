using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Channels;
using CalendarActors.Grains.Tests.Cluster;
using NodaTime;

namespace CalendarActors.Grains.Tests.Channels;

/// <summary>What an operator counts of channels. Nobody else's deliver meanwhile: tests of a cluster run one after the other.</summary>
[Collection(SharedCluster.Name)]
public sealed class ChannelMetersTests(CalendarCluster cluster)
{
    [Fact]
    public async Task Meters_WhenACallbackRefusesTakesAndIsGone_CountEachAndLeaveNoBacklog()
    {
        TestChannel channel = await TestChannel.OpenAsync(cluster);
        await channel.SettleAsync();
        ConcurrentQueue<(string Name, string? Tag, double Value)> measured = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ChannelMeters.Name)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        listener.Start();

        cluster.Sink.Answer(channel.Id, CallbackOutcome.Refused, 500);
        Instant since = channel.Now - Duration.FromSeconds(2);
        await channel.TellAsync(since: since);
        await cluster.UntilAsync(() => Task.FromResult(Of("channel.attempts", "Refused").Count == 1), "it is refused");
        Assert.Equal(1, Of("channel.backlog").Sum());
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Accepted, 200);
        await channel.SettleAsync(TimeSpan.FromHours(1));
        cluster.Sink.Answer(channel.Id, CallbackOutcome.Gone, 410);
        await channel.TellAsync();
        await cluster.UntilAsync(() => Task.FromResult(Of("channel.closed", "Gone").Count == 1), "it closes");
        await channel.SettleAsync();

        Assert.Equal([1.0], Of("channel.attempts", "Accepted"));
        Assert.Equal([1.0], Of("channel.attempts", "Gone"));
        Assert.InRange(Assert.Single(Of("channel.lag")), 2.0, 3_600.0);
        Assert.Equal(0, Of("channel.backlog").Sum());

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            measured.Enqueue((instrument.Name, tags.Length == 0 ? null : (string?)tags[0].Value, value));

        List<double> Of(string name, string? tag = null) =>
            [.. measured.Where(m => m.Name == name && (tag is null || m.Tag == tag)).Select(m => m.Value)];
    }
}
