using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>What the log says about keeping calendars equal: ids only.</summary>
internal static partial class SyncLog
{
    [LoggerMessage(1, LogLevel.Warning, "{CalendarId}: {Kind}, {Count} in a row: {Detail}")]
    public static partial void CallFailed(
        this ILogger log, string calendarId, ProviderFaultKind kind, int count, string detail);

    [LoggerMessage(2, LogLevel.Warning, "{CalendarId}: {Count} items are gone at once; a second look decides.")]
    public static partial void MassDeletion(this ILogger log, string calendarId, int count);

    [LoggerMessage(3, LogLevel.Warning, "{CalendarId}: the reconciliation repaired {Count} items that pulls had missed.")]
    public static partial void Repaired(this ILogger log, string calendarId, long count);

    [LoggerMessage(4, LogLevel.Warning, "{CalendarId}: the provider refused write {Sequence} of {EventKey} for good: {Detail}")]
    public static partial void WriteRejected(
        this ILogger log, string calendarId, long sequence, string eventKey, string detail);

    [LoggerMessage(5, LogLevel.Information, "{CalendarId}: write {Sequence} waits after {Kind}, attempt {Attempt}.")]
    public static partial void WritePostponed(
        this ILogger log, string calendarId, long sequence, ProviderFaultKind kind, int attempt);

    [LoggerMessage(6, LogLevel.Error, "{CalendarId}: the worker ended unexpectedly and will run again.")]
    public static partial void WorkerFailed(this ILogger log, Exception exception, string calendarId);

    [LoggerMessage(7, LogLevel.Information, "{CalendarId}: generation {Generation} is complete.")]
    public static partial void GenerationComplete(this ILogger log, string calendarId, int generation);

    [LoggerMessage(8, LogLevel.Information, "{Key}: the provider tells us of changes until {ExpiresAt}.")]
    public static partial void WatchStarted(this ILogger log, string key, Instant expiresAt);

    [LoggerMessage(9, LogLevel.Warning, "{Key}: no watch, so it is polled; {Kind}, attempt {Attempt}: {Detail}")]
    public static partial void WatchFailed(
        this ILogger log, string key, ProviderFaultKind kind, int attempt, string detail);

    [LoggerMessage(10, LogLevel.Information, "{Key}: a watch was not stopped and ends by itself; {Kind}: {Detail}")]
    public static partial void WatchNotStopped(this ILogger log, string key, ProviderFaultKind kind, string detail);

    [LoggerMessage(11, LogLevel.Warning, "{CalendarId}: a change could not be announced and will be.")]
    public static partial void NotAnnounced(this ILogger log, Exception exception, string calendarId);
}
