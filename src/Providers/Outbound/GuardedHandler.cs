using System.Diagnostics;
using System.Net;

namespace CalendarActors.Providers.Outbound;

/// <summary>The transport that every call takes, our own and those of providers' packages alike.</summary>
internal static class GuardedHandler
{
    /// <summary>
    /// Connections only where the guard allows them; no redirects, proxy, cookies, credentials of the machine or tracing
    /// headers.
    /// </summary>
    /// <param name="guard">Decides where a connection may go.</param>
    /// <param name="lifetime">How long a connection may be used; zero for one request.</param>
    public static SocketsHttpHandler Create(AddressGuard guard, TimeSpan lifetime) => new()
    {
        ConnectCallback = guard.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = lifetime,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        UseProxy = false,
        UseCookies = false,
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };
}
