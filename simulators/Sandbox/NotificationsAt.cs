namespace CalendarActors.Simulators.Sandbox;

/// <summary>Sends every notification to one host and port, whatever address was given for it; its path and query stay.</summary>
internal sealed class NotificationsAt(Uri place) : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseProxy = false,
    ConnectTimeout = TimeSpan.FromSeconds(5),
})
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(place, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
