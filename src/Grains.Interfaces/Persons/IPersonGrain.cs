using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Persons;

/// <summary>One end-user: their connections and grants. Key: <c>per_…</c>, never on the wire.</summary>
[Alias("person"), GrainInterfaceType("person")]
public interface IPersonGrain : IGrainWithStringKey
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
    [Alias("view"), AlwaysInterleave]
    Task<PersonView> View(CancellationToken cancellationToken);
}

/// <summary>A person's list.</summary>
/// <param name="Connections">In the order of connecting; empty for a person never seen.</param>
/// <param name="Grants">Ids of their grants.</param>
[GenerateSerializer, Immutable, Alias("person-view")]
public sealed record PersonView(
    [property: Id(0)] ImmutableArray<ConnectionSummary> Connections,
    [property: Id(1)] ImmutableArray<string> Grants);
