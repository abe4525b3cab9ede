using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Grants;

internal sealed partial class GrantGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Grant {GrantId} of application {ClientId} was allowed")]
    private partial void LogAuthorized(string grantId, string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Grant {GrantId} of application {ClientId} was revoked")]
    private partial void LogRevoked(string grantId, string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Grant {GrantId} lets application {ClientId} change other events in {Count} calendars")]
    private partial void LogPermissionsRaised(string grantId, string clientId, int count);
}
