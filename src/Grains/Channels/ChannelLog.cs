using CalendarActors.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Channels;

/// <summary>What the log says about channels: ids only, never an address.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(40, LogLevel.Information, "{ChannelId}: delivery {Sequence} failed, attempt {Attempt}: {Outcome} {Status}")]
    public static partial void DeliveryFailed(
        this ILogger log, string channelId, long sequence, int attempt, CallbackOutcome? outcome, int? status);

    [LoggerMessage(41, LogLevel.Warning, "{ChannelId} of {ClientId} closed: {Reason}, at delivery {Sequence}")]
    public static partial void ChannelClosed(
        this ILogger log, string channelId, string clientId, CloseReason reason, long sequence);

    [LoggerMessage(42, LogLevel.Error, "{ChannelId}: the worker ended unexpectedly and will run again.")]
    public static partial void ChannelWorkerFailed(this ILogger log, Exception exception, string channelId);

    [LoggerMessage(43, LogLevel.Warning, "{ChannelId}: what was delivered is not stored and may be told again.")]
    public static partial void ChannelNotSaved(this ILogger log, Exception exception, string channelId);

    [LoggerMessage(44, LogLevel.Warning, "{ChannelId}: there is no secret of {ClientId} to sign with; it waits.")]
    public static partial void NothingToSignWith(this ILogger log, string channelId, string clientId);
}
