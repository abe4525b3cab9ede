using System.Collections.Immutable;

namespace CalendarActors.Grains.Interfaces.Applications;

/// <summary>The operator's list of applications. A stateless worker: key 0, any number of activations.</summary>
[Alias("application-list"), GrainInterfaceType("application-list")]
public interface IApplicationListGrain : IGrainWithIntegerKey
{
    /// <summary>A page of applications, by client id.</summary>
    /// <param name="afterClientId">The last of the page before; null for the first page.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Applications that exist, and where the next page begins; null after the last.</returns>
    [Alias("page")]
    Task<ApplicationPage> Page(string? afterClientId, int limit, CancellationToken cancellationToken);
}

/// <summary>A page of the operator's list.</summary>
/// <param name="Applications">By client id.</param>
/// <param name="Next">What to give as <c>afterClientId</c>; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("application-page")]
public sealed record ApplicationPage(
    [property: Id(0)] ImmutableArray<ApplicationView> Applications, [property: Id(1)] string? Next);
