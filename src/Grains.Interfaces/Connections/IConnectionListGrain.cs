using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>The operator's list of connections and how well they are kept. A stateless worker: key 0.</summary>
[Alias("connection-list"), GrainInterfaceType("connection-list")]
public interface IConnectionListGrain : IGrainWithIntegerKey
{
    /// <summary>A page of connections, by id. Eventual: one that changed a moment ago may be listed late.</summary>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="afterId">The last of the page before; null for the first page.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("page")]
    Task<ConnectionPage> Page(ConnectionState? state, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>One connection, whether it is listed already or not; null when there is none.</summary>
    /// <param name="connectionId"><c>pro_…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("one")]
    Task<ConnectionHealth?> One(string connectionId, CancellationToken cancellationToken);
}

/// <summary>A page of the operator's list.</summary>
/// <param name="Connections">By id.</param>
/// <param name="Next">What to give as <c>afterId</c>; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("connection-page")]
public sealed record ConnectionPage(
    [property: Id(0)] ImmutableArray<ConnectionHealth> Connections, [property: Id(1)] string? Next);

/// <summary>One connection and its calendars.</summary>
/// <param name="Summary">How its person's list shows it.</param>
/// <param name="Calendars">By id of calendar; those that are deleted are not in it.</param>
[GenerateSerializer, Immutable, Alias("connection-health")]
public sealed record ConnectionHealth(
    [property: Id(0)] ConnectionSummary Summary,
    [property: Id(1)] ImmutableDictionary<string, CalendarStatus> Calendars);
