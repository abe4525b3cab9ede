using System.Data.Common;
using System.Runtime.InteropServices;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Gateway.RateLimits;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Applications;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Api;

/// <summary>What every call of the API passes: its token, its application's budget, and the net that catches faults.</summary>
internal sealed partial class ApiGate(
    BearerTokens tokens, ElementDoor elements, RateBudgets budgets, IGrainFactory grains, ILogger<ApiGate> logger)
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

    /// <summary>Runs a call that an application makes for itself, with its API key: a client secret as the bearer token.</summary>
    public Task RunForApplicationAsync(HttpContext context, Func<HttpContext, string, Task> endpoint)
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        return CatchAsync(context, async () =>
        {
            AuthenticatedClient? client = tokens.Read(context.Request, TokenKind.ClientSecret) is { } secret
                ? await grains.GetGrain<IApplicationGrain>(secret.ClientId).Authenticate([.. secret.Hash], CancellationToken.None)
                : null;
            await (client is null
                ? ApiErrors.InvalidKey(context)
                : PayAsync(context, client.ClientId, () => endpoint(context, client.ClientId)));
        });
    }

    /// <summary>Runs a call that an application makes with its API key, with any of its access tokens, or from an element if it may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="endpoint">What to run.</param>
    /// <param name="anyOf">Scopes of which an access token needs one; an API key has all.</param>
    public Task RunForCallerAsync(
        HttpContext context, Func<HttpContext, ApplicationCaller, Task> endpoint, IReadOnlyList<string> anyOf)
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        return CatchAsync(context, async () =>
        {
            if (await CallerAsync(context, anyOf) is { } caller)
            {
                await PayAsync(context, caller.ClientId, () => endpoint(context, caller));
            }
        });
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
        if (await OpenAsync(context) is { } call)
        {
            await PayAsync(context, call.ClientId, () => endpoint(call));
        }
    }

    /// <summary>The call that the request's credential allows; null when it was refused and answered.</summary>
    private async Task<ApiCall?> OpenAsync(HttpContext context)
    {
        if (tokens.Read(context.Request, TokenKind.Access) is { } token && GrainKeys.IsGrant(token.GrainKey))
        {
            return new ApiCall(
                context, token.ClientId, grains.Grant(token.GrainKey), ImmutableCollectionsMarshal.AsImmutableArray(token.Hash));
        }

        if (await elements.RefuseMisplacedAsync(context))
        {
            return null;
        }

        if (ElementTokens.Shown(context.Request) is { } text)
        {
            return await elements.EnterAsync(context, text);
        }

        await ApiErrors.InvalidToken(context);
        return null;
    }

    /// <summary>Who asks when people have time; null when it was refused and answered.</summary>
    private async Task<ApplicationCaller?> CallerAsync(HttpContext context, IReadOnlyList<string> anyOf)
    {
        if (tokens.Read(context.Request, TokenKind.ClientSecret) is { } secret)
        {
            AuthenticatedClient? client = await grains.GetGrain<IApplicationGrain>(secret.ClientId)
                .Authenticate([.. secret.Hash], CancellationToken.None);
            if (client is not null)
            {
                return new ApplicationCaller(client.ClientId, default, default);
            }
        }
        else if (tokens.Read(context.Request, TokenKind.Access) is { } token && GrainKeys.IsGrant(token.GrainKey))
        {
            if (await grains.Grant(token.GrainKey).ScopeOf([.. token.Hash], CancellationToken.None) is { } scope)
            {
                if (anyOf.Any(one => Scopes.Permits(scope, one)))
                {
                    return new ApplicationCaller(token.ClientId, default, default);
                }

                await ApiErrors.SendAsync(context, GrantOutcome.InsufficientScope, []);
                return null;
            }
        }
        else if (await elements.RefuseMisplacedAsync(context))
        {
            return null;
        }
        else if (ElementTokens.Shown(context.Request) is { } text)
        {
            return await elements.OpenAsync(context, text) is { } element ? new ApplicationCaller(element.ClientId, element.Subs, element.BookableEventIds) : null;
        }

        await ApiErrors.InvalidToken(context);
        return null;
    }

    private async Task PayAsync(HttpContext context, string clientId, Func<Task> run)
    {
        RateVerdict verdict = await budgets.TakeAsync(clientId, CancellationToken.None);
        await (verdict.Kind switch
        {
            RateVerdictKind.Limited => ApiErrors.TooMany(context, verdict.RetryAfterSeconds),
            RateVerdictKind.Gone => ApiErrors.InvalidToken(context),
            _ => run(),
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
    internal static bool IsPassing(Exception fault) =>
        fault is TimeoutException or OrleansException or DbException or IOException or OperationCanceledException
        || (fault.InnerException is { } inner && IsPassing(inner));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} could not be served just now")]
    private partial void LogUnavailable(Exception fault, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed")]
    private partial void LogFault(Exception fault, string requestId);
}
