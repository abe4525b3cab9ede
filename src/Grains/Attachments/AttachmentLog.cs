using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Attachments;

/// <summary>What the log says about attachments: ids only, never a name or a link.</summary>
internal static partial class AttachmentLog
{
    [LoggerMessage(70, LogLevel.Warning, "{AttachmentId}: whether events of {CalendarId} have it could not be seen; it is looked at again.")]
    public static partial void LookFailed(this ILogger log, Exception exception, string attachmentId, string calendarId);

    [LoggerMessage(71, LogLevel.Information, "{AttachmentId} of {ClientId} is not used any more and is deleted.")]
    public static partial void AttachmentDeleted(this ILogger log, string attachmentId, string clientId);
}
