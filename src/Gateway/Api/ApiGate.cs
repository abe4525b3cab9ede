using System.Data.Common;
using System.Runtime.InteropServices;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Grains.Interfaces;

namespace CalendarActors.Gateway.Api;

/// <summary>What every call of the API passes: its token, its application's budget, and the net that catches faults.</summary>
internal sealed partial class ApiGate(
    BearerTokens tokens, RateBudgets budgets, IGrainFactory grains, ILogger<ApiGate> logger)
{
    /// <summary>Names an answer, so that a report of a fault finds its line in the log.</summary>
    private const string RequestIdHeader = "X-Request-Id";

    /// <summary>404 for a path that is no call, whoever asks.</summary>
    public static Task RefuseUnknownAsync(HttpContext context)
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        return ApiErrors.NotFound(context);
    }

    public Task RunAsync(HttpContext context, Func<ApiCall, Task> endpoint)
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        return CatchAsync(context, () => EnterAsync(context, endpoint));
    }

    /// <summary>Runs a part of a call that has passed the gate as a whole: its faults become its own answer.</summary>
    public Task RunPartAsync(ApiCall part, Func<ApiCall, Task> endpoint) => CatchAsync(part.Context, () => endpoint(part));

    private async Task CatchAsync(HttpContext context, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (BadHttpRequestException) when (!context.Response.HasStarted)
        {
            await ApiErrors.Malformed(context, "The request breaks HTTP.");
        }
        catch (Exception fault) when (!context.Response.HasStarted)
        {
            await AnswerFaultAsync(context, fault);
        }
    }

    private async Task EnterAsync(HttpContext context, Func<ApiCall, Task> endpoint)
    {
        if (tokens.Read(context.Request, TokenKind.Access) is not { } token || !GrainKeys.IsGrant(token.GrainKey))
        {
            await ApiErrors.InvalidToken(context);
            return;
        }

        RateVerdict verdict = await budgets.TakeAsync(token.ClientId, CancellationToken.None);
        await (verdict.Kind switch
        {
            RateVerdictKind.Limited => ApiErrors.TooMany(context, verdict.RetryAfterSeconds),
            RateVerdictKind.Gone => ApiErrors.InvalidToken(context),
            _ => endpoint(new ApiCall(
                context,
                token.ClientId,
                grains.Grant(token.GrainKey),
                ImmutableCollectionsMarshal.AsImmutableArray(token.Hash))),
        });
    }

    private Task AnswerFaultAsync(HttpContext context, Exception fault)
    {
        if (IsPassing(fault))
        {
            LogUnavailable(fault, context.TraceIdentifier);
            return ApiErrors.Unavailable(context);
        }

        LogFault(fault, context.TraceIdentifier);
        return ApiErrors.Internal(context);
    }

    /// <summary>True when storage or a silo did not answer in time, which another try may find mended.</summary>
    private static bool IsPassing(Exception fault) =>
        fault is TimeoutException or OrleansException or DbException or IOException or OperationCanceledException
        || (fault.InnerException is { } inner && IsPassing(inner));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} could not be served just now")]
    private partial void LogUnavailable(Exception fault, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private partial void LogFault(Exception fault, string requestId);
}
