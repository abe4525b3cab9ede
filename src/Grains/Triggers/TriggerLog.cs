using CalendarActors.Domain.Channels;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Triggers;

/// <summary>What the log says about triggers: ids only, never an address.</summary>
internal static partial class TriggerLog
{
    [LoggerMessage(60, LogLevel.Error, "{TriggerKey}: the worker ended unexpectedly and will run again.")]
    public static partial void TriggerWorkerFailed(this ILogger log, Exception exception, string triggerKey);

    [LoggerMessage(61, LogLevel.Information, "{CallKey}: attempt {Attempt} failed: {Outcome} {Status}")]
    public static partial void CallFailed(this ILogger log, string callKey, int attempt, CallbackOutcome? outcome, int? status);

    [LoggerMessage(62, LogLevel.Warning, "{CallKey} of {GrantId} is given up after {Attempts} attempts: {Reason}")]
    public static partial void CallDropped(this ILogger log, string callKey, string grantId, int attempts, string reason);

    [LoggerMessage(63, LogLevel.Error, "{CallKey}: the worker ended unexpectedly and will run again.")]
    public static partial void CallWorkerFailed(this ILogger log, Exception exception, string callKey);
}
