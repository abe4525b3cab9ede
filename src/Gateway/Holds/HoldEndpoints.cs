using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Availability;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;

namespace CalendarActors.Gateway.Holds;

/// <summary>Time of several people, kept for a meeting that is about to be made.</summary>
internal static class HoldEndpoints
{
    public static void MapHoldEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapCallerApi(HttpMethods.Post, "/v1/holds", TakeAsync, Scopes.CreateEvent).Describe(HoldDescription.Take);
        routes.MapCallerApi(HttpMethods.Get, "/v1/holds/{hold_id}", ReadAsync, Scopes.CreateEvent).Describe(HoldDescription.Read);
        routes.MapCallerApi(HttpMethods.Delete, "/v1/holds/{hold_id}", ReleaseAsync, Scopes.CreateEvent).Describe(HoldDescription.Release);
    }

    private static async Task TakeAsync(HttpContext context, ApplicationCaller caller)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        TakeHold request = HoldWire.Read(root, caller.ClientId);
        if (faults.Any)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        HoldAnswer answer = await AvailabilityEndpoints.WorkerOf(context).TakeHold(request, CancellationToken.None);
        await (answer switch
        {
            { Hold: { } hold } => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, hold, HoldWire.Write),
            { NotFree: { } sub } => JsonAnswer.SendAsync(context, StatusCodes.Status409Conflict, sub, HoldWire.WriteNotFree),
            _ => ApiErrors.SendAsync(context, GrantOutcome.Invalid, answer.Errors),
        });
    }

    private static async Task ReadAsync(HttpContext context, ApplicationCaller caller)
    {
        HoldView? hold = await AvailabilityEndpoints.WorkerOf(context).Hold(caller.ClientId, IdOf(context), CancellationToken.None);
        await (hold is null
            ? ApiErrors.NotFound(context)
            : JsonAnswer.SendAsync(context, StatusCodes.Status200OK, hold, HoldWire.Write));
    }

    private static async Task ReleaseAsync(HttpContext context, ApplicationCaller caller)
    {
        await AvailabilityEndpoints.WorkerOf(context).ReleaseHold(caller.ClientId, IdOf(context), CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    private static string IdOf(HttpContext context) => OwnId.InPath((string?)context.Request.RouteValues["hold_id"] ?? "");
}
