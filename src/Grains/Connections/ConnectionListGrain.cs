using System.Collections.Immutable;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Connections;

/// <remarks>The list may hold connections that are gone or in another state by now: each is asked.</remarks>
[GrainType("connection-list"), StatelessWorker]
internal sealed class ConnectionListGrain(IDirectory directory) : Grain, IConnectionListGrain
{
    private const int Most = 100;

    public async Task<ConnectionPage> Page(
        ConnectionState? state, string? afterId, int limit, CancellationToken cancellationToken)
    {
        int most = Math.Clamp(limit, 1, Most);
        IReadOnlyList<DirectoryEntry> entries = await directory.ListAsync(
            DirectoryKinds.Connection, state is { } wanted ? DirectoryKinds.WordOf(wanted) : null, afterId, most, cancellationToken);
        ConnectionHealth?[] asked = await Task.WhenAll(entries.Select(e => HealthAsync(e.Key, state, cancellationToken)));
        return new ConnectionPage(
            [.. asked.OfType<ConnectionHealth>()], entries.Count == most ? entries[^1].Key : null);
    }

    public Task<ConnectionHealth?> One(string connectionId, CancellationToken cancellationToken) =>
        HealthAsync(connectionId, state: null, cancellationToken);

    private async Task<ConnectionHealth?> HealthAsync(
        string connectionId, ConnectionState? state, CancellationToken cancellationToken)
    {
        ConnectionSummary? summary = await GrainFactory.GetGrain<IConnectionGrain>(connectionId).Summary(cancellationToken);
        if (summary is null || (state is not null && summary.State != state))
        {
            return null;
        }

        string[] calendars = [.. summary.Calendars.Where(c => !c.IsDeleted).Select(c => c.CalendarId)];
        CalendarStatus[] statuses = await Task.WhenAll(
            calendars.Select(id => GrainFactory.GetGrain<ICalendarGrain>(id).Status(cancellationToken)));
        return new ConnectionHealth(summary, calendars.Zip(statuses).ToImmutableDictionary(c => c.First, c => c.Second, StringComparer.Ordinal));
    }
}
