namespace CalendarActors.Providers.Microsoft;

/// <summary>Sends what MSAL addresses to Microsoft to the configured authority.</summary>
internal sealed class AuthorityHandler(MicrosoftAuthority authority, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(authority.Origin, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
