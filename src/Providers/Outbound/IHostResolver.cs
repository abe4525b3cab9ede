using System.Net;

namespace CalendarActors.Providers.Outbound;

/// <summary>Looks names up. A port, so that a test can flip the answer.</summary>
internal interface IHostResolver
{
    /// <summary>The addresses of a host name; empty when it has none.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
