using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Authorization;

internal sealed partial class AuthorizationRequestGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} of application {ClientId} has begun")]
    private partial void LogBegun(string requestId, string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} to reconnect {ConnectionId} has begun")]
    private partial void LogRelinkBegun(string requestId, string connectionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "A login at {ProviderName} failed in request {RequestId}: {Fault}")]
    private partial void LogLoginFailed(string requestId, string providerName, ProviderFaultKind fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} has connected {ConnectionId}")]
    private partial void LogLinked(string requestId, string connectionId);
}
