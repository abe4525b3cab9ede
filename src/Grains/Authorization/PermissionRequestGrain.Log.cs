using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Authorization;

internal sealed partial class PermissionRequestGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Permission request {RequestId} of application {ClientId} has begun")]
    private partial void LogBegun(string requestId, string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Permission request {RequestId} of application {ClientId} was decided: {IsAllowed}")]
    private partial void LogDecided(string requestId, string clientId, bool isAllowed);
}
