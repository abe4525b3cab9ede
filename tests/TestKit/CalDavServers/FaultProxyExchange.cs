namespace CalendarActors.TestKit.CalDavServers;

/// <summary>One request that passed the proxy.</summary>
/// <param name="At">When it came, by the proxy's clock.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path.</param>
/// <param name="RequestBody">What was sent.</param>
/// <param name="Status">What the server answered; 0 when it was not asked.</param>
/// <param name="Fault">What the proxy did to it.</param>
public sealed record FaultProxyExchange(DateTimeOffset At, string Method, string Path, string RequestBody, int Status, ProxyFault Fault);
