using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Applications;

internal sealed partial class ApplicationGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Application {ClientId} was registered")]
    private partial void LogRegistered(string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Application {ClientId} was deleted; its grants are being taken away")]
    private partial void LogDeleted(string clientId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nothing of application {ClientId} is left")]
    private partial void LogPurged(string clientId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Taking away the grants of application {ClientId} failed; it goes on later")]
    private partial void LogPurgeFailed(Exception fault, string clientId);
}
