using CalendarActors.Providers.Outbound;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace CalendarActors.Providers.Microsoft;

/// <summary>The HTTP under both packages of Microsoft's: the house's guard, its limits, and nobody's retries.</summary>
/// <remarks>
/// Both want an <see cref="HttpClient"/>. These two are made of the guarded handler and nothing else: the factories of
/// the packages would add handlers that follow redirects and sleep before they try again.
/// </remarks>
internal sealed class MicrosoftTransport : IMsalHttpClientFactory, IDisposable
{
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(23);

    private readonly HttpClient _login;

    public MicrosoftTransport(IOptions<MicrosoftOptions> options, AddressGuard guard)
    {
        var graph = new JsonOnlyHandler(new BoundedHandler(GuardedHandler.Create(guard, TimeSpan.FromMinutes(2))));
        Graph = new HttpClient(graph, disposeHandler: true) { Timeout = RequestTime };
        var authority = new MicrosoftAuthority(options.Value);
        var login = new BoundedHandler(GuardedHandler.Create(guard, TimeSpan.FromMinutes(2)));
        _login = new HttpClient(
            authority.IsOfficial ? login : new AuthorityHandler(authority, login), disposeHandler: true)
        {
            Timeout = RequestTime,
        };
    }

    /// <summary>For Graph.</summary>
    public HttpClient Graph { get; }

    /// <summary>For MSAL.</summary>
    public HttpClient GetHttpClient() => _login;

    /// <inheritdoc/>
    public void Dispose()
    {
        Graph.Dispose();
        _login.Dispose();
    }
}
