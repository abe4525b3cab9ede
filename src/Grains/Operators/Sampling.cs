using System.Collections.Immutable;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Operators;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Operators;

/// <summary>Sums up what single connections and channels say of themselves.</summary>
internal static class Sampling
{
    /// <summary>The most disconnected connections that are told one by one.</summary>
    public const int MostDisconnected = 20;

    private static readonly Duration Soon = Duration.FromDays(1);
    private static readonly Duration Old = Duration.FromDays(1);
    private static readonly double[] Bounds = [1, 5, 30, 60, 300, double.PositiveInfinity];

    /// <summary>Of connections and their calendars.</summary>
    public static CalendarSample Of(IReadOnlyCollection<ConnectionHealth> connections, Instant now)
    {
        // A calendar of ours alone is equal to nobody's.
        CalendarStatus[] kept =
        [
            .. connections
                .Where(c => c.Summary.ProviderName != ProviderNames.Native && c.Summary.State == ConnectionState.Connected)
                .SelectMany(c => c.Calendars.Values),
        ];
        double[] lags = [.. kept.Select(c => c.LagSeconds).OfType<double>()];
        return new CalendarSample(
            connections.Count,
            kept.Length,
            kept.Count(c => c.WatchedUntil > now),
            kept.Count(c => c.WatchedUntil > now && c.WatchedUntil < now + Soon),
            kept.Count(c => c.LastSynced is not { } last || last < now - Old),
            kept.Sum(c => c.Pending),
            kept.Sum(c => c.Repairs),
            [.. Bounds.Select((bound, i) => new LagCount(bound, lags.Count(l => l <= bound && (i == 0 || l > Bounds[i - 1]))))],
            kept.Select(c => c.LastFault).OfType<string>().GroupBy(KindOf, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            [.. connections.Where(c => c.Summary.State == ConnectionState.Disconnected).Take(MostDisconnected)]);
    }

    /// <summary>Of channels.</summary>
    public static ChannelSample Of(IReadOnlyCollection<ChannelStatus> channels) => new(
        channels.Count,
        channels.Count(c => c.Closed is null && c.Attempts > 0),
        channels.Count(c => c.Closed is not null),
        channels.Sum(c => c.Backlog),
        channels.Select(c => c.Oldest).Min());

    // "Throttled: the provider asked …": the kind is the first word.
    private static string KindOf(string fault) => fault.Split(':', ' ')[0];
}
