using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Availability;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.BookableEvents;

/// <summary>Events that so many people may come to.</summary>
internal static class BookableEventEndpoints
{
    private const string Path = "/v1/bookable_events";
    private const string One = Path + "/{bookable_event_id}";

    public static void MapBookableEventEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApplicationApi(HttpMethods.Post, Path, PutAsync).Describe(BookableEventDescription.Put);
        routes.MapApplicationApi(HttpMethods.Get, One, ReadAsync).Describe(BookableEventDescription.Read);
        routes.MapApplicationApi(HttpMethods.Post, One + "/registrations", RegisterAsync).Describe(BookableEventDescription.Register);
        routes.MapApplicationApi(HttpMethods.Delete, One + "/registrations/{registration_id}", UnregisterAsync)
            .Describe(BookableEventDescription.Unregister);
    }

    private static async Task PutAsync(HttpContext context, string clientId)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        BookableEvent definition = BookableEventWire.ReadEvent(root, clientId);
        await (faults.Any
            ? ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors)
            : SendAsync(context, await AvailabilityEndpoints.WorkerOf(context).PutBookableEvent(definition, CancellationToken.None)));
    }

    private static async Task ReadAsync(HttpContext context, string clientId) => await SendAsync(
        context, await AvailabilityEndpoints.WorkerOf(context).BookableEvent(clientId, Route(context, "bookable_event_id"), CancellationToken.None));

    private static async Task RegisterAsync(HttpContext context, string clientId)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(context, faults) is not { } root)
        {
            return;
        }

        Registration registration = BookableEventWire.ReadRegistration(root);
        if (faults.Any)
        {
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        RegisterAnswer answer = await AvailabilityEndpoints.WorkerOf(context).Register(
            clientId, Route(context, "bookable_event_id"), registration, CancellationToken.None);
        if (answer.IsRefused)
        {
            root["status"].Fault(FieldKeys.OutOfRange, "there is no place left, or the event is cancelled");
            await ApiErrors.SendAsync(context, GrantOutcome.Invalid, faults.Errors);
            return;
        }

        await SendAsync(context, answer.Event);
    }

    private static async Task UnregisterAsync(HttpContext context, string clientId)
    {
        bool isThere = await AvailabilityEndpoints.WorkerOf(context).Unregister(
            clientId, Route(context, "bookable_event_id"), Route(context, "registration_id"), CancellationToken.None);
        if (!isThere)
        {
            await ApiErrors.NotFound(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
    }

    private static Task SendAsync(HttpContext context, BookableEventView? view) => view is null
        ? ApiErrors.NotFound(context)
        : JsonAnswer.SendAsync(context, StatusCodes.Status200OK, view, BookableEventWire.Write);

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
