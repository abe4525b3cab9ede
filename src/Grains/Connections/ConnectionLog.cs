using CalendarActors.Domain.Providers;
using Microsoft.Extensions.Logging;

namespace CalendarActors.Grains.Connections;

/// <summary>What the log says about logins: ids only.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(20, LogLevel.Warning, "{ConnectionId}: the provider refused the login repeatedly; it is disconnected: {Detail}")]
    public static partial void LoginDead(this ILogger log, string connectionId, string detail);

    [LoggerMessage(21, LogLevel.Information, "{ConnectionId}: what is owed waits after {Kind}, attempt {Attempt}: {Detail}")]
    public static partial void ConnectionPostponed(
        this ILogger log, string connectionId, ProviderFaultKind kind, int attempt, string detail);

    [LoggerMessage(22, LogLevel.Error, "{ConnectionId}: the worker ended unexpectedly and will run again.")]
    public static partial void ConnectionWorkerFailed(this ILogger log, Exception exception, string connectionId);

    [LoggerMessage(23, LogLevel.Warning, "{ConnectionId}: the access token was not renewed, {Kind}, attempt {Attempt}: {Detail}")]
    public static partial void RenewalFailed(
        this ILogger log, string connectionId, ProviderFaultKind kind, int attempt, string detail);

    [LoggerMessage(24, LogLevel.Warning, "{ConnectionId}: the provider was not told that the login was taken away, {Kind}: {Detail}")]
    public static partial void FarewellFailed(this ILogger log, string connectionId, ProviderFaultKind kind, string detail);
}
