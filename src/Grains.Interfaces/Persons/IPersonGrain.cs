using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Grains.Interfaces.Owed;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>One end-user: their connections, grants, and the feed of their changes. Key: <c>per_…</c>, never on the wire.</summary>
/// <remarks>
/// The feed has each change once, however many listen, from the moment it is told until all who listened then have seen it.
/// Where nobody listens, nothing is kept.
/// </remarks>
[Alias("person"), GrainInterfaceType("person")]
public interface IPersonGrain : IOwesWork
{
    /// <summary>Puts a connection on the list, or renews its entry; an older summary than the one known is ignored.</summary>
    [Alias("attach")]
    Task Attach(ConnectionSummary summary, CancellationToken cancellationToken);

    /// <summary>Takes a connection off the list.</summary>
    [Alias("detach")]
    Task Detach(string connectionId, CancellationToken cancellationToken);

    /// <summary>Notes that a grant exists, so that the person can find it again.</summary>
    [Alias("add-grant")]
    Task AddGrant(string grantId, CancellationToken cancellationToken);

    /// <summary>Notes that a grant is gone.</summary>
    [Alias("remove-grant")]
    Task RemoveGrant(string grantId, CancellationToken cancellationToken);

    /// <summary>Everything on the list, in the order of connecting.</summary>
    [Alias("view"), AlwaysInterleave, Repeatable, ResponseTimeout(RepeatableAttribute.Patience)]
    Task<PersonView> View(CancellationToken cancellationToken);

    /// <summary>Tells of a change. Once answered it is stored for all who listen.</summary>
    /// <remarks>The same told again, by source, kind, version and time, adds nothing.</remarks>
    [Alias("tell")]
    Task Tell(PersonNews news, CancellationToken cancellationToken);

    /// <summary>Registers a channel that listens, or a calendar's triggers: woken from now on when there is something to read.</summary>
    /// <param name="channelId"><c>chn_…</c> or <c>trg_…</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The sequence after which it reads; the same each time, until it stops listening.</returns>
    [Alias("listen")]
    Task<long> Listen(string channelId, CancellationToken cancellationToken);

    /// <summary>The channel does not listen any more. One that never did is fine.</summary>
    [Alias("stop-listening")]
    Task StopListening(string channelId, CancellationToken cancellationToken);

    /// <summary>What was told after a position, as far as somebody who listens has not seen it yet.</summary>
    /// <param name="after">What was read last, or what <see cref="Listen"/> gave.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("feed"), AlwaysInterleave]
    Task<PersonFeed> Feed(long after, CancellationToken cancellationToken);

    /// <summary>The channel keeps what it read by itself now. Repeating it, or an older position, is harmless.</summary>
    /// <param name="channelId">One that listens; any other is ignored.</param>
    /// <param name="through">Everything up to here, this one included.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("seen")]
    Task Seen(string channelId, long through, CancellationToken cancellationToken);
}

/// <summary>A person's list.</summary>
/// <param name="Connections">In the order of connecting; empty for a person never seen.</param>
/// <param name="Grants">Ids of their grants.</param>
[GenerateSerializer, Immutable, Alias("person-view")]
public sealed record PersonView(
    [property: Id(0)] ImmutableArray<ConnectionSummary> Connections,
    [property: Id(1)] ImmutableArray<string> Grants);
