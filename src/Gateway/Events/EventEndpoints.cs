using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Events;

/// <summary>Reading the schedule, and writing the application's own events into it.</summary>
internal static class EventEndpoints
{
    private const string PagesPath = "/v1/events/pages/";
    private const string CalendarEvents = "/v1/calendars/{calendar_id}/events";

    public static void MapEventEndpoints(this IEndpointRouteBuilder routes)
    {
        string pagesUrl = routes.ServiceProvider.GetRequiredService<IOptions<PublicUrlOptions>>().Value.Base + PagesPath;
        Task Send(HttpContext context, EventPage page, AccountView? asked) => JsonAnswer.SendAsync(
            context,
            StatusCodes.Status200OK,
            (page, pagesUrl, asked),
            static (json, value) => EventPageWire.Write(json, value.page, value.pagesUrl, value.asked));

        routes.MapElementApi(HttpMethods.Get, "/v1/events", async call =>
        {
            RequestFaults faults = new();
            ScheduleQuery query = ScheduleQueryWire.Read(call.Request.Query, faults);
            bool isAsked = AskedAccount.In(call.Request.Query, faults);
            await (faults.Any
                ? call.RefuseAsync(faults)
                : AskedAccount.AnswerAsync(
                    call, isAsked, await call.Grant.ReadEvents(call.TokenHash, query, CancellationToken.None), Send));
        }, ElementPermissions.Agenda).Describe(EventDescription.First);

        routes.MapElementApi(HttpMethods.Get, PagesPath + "{cursor}", async call => await call.AnswerAsync(
            await call.Grant.ReadEventsPage(call.TokenHash, call.Route("cursor"), CancellationToken.None),
            (context, page) => Send(context, page, asked: null)), ElementPermissions.Agenda)
            .Describe(EventDescription.Page);

        routes.MapApi(HttpMethods.Delete, "/v1/events", BulkDeleteWire.RunAsync).Describe(BulkDeleteWire.Description);
        routes.MapApi(HttpMethods.Post, CalendarEvents, UpsertAsync).Describe(EventDescription.Upsert).AllowInBatch();
        routes.MapApi(HttpMethods.Delete, CalendarEvents, DeleteAsync).Describe(EventDescription.Delete).AllowInBatch();
        routes.MapExternalEventEndpoints();
    }

    private static async Task UpsertAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        if (ExternalEventEndpoints.IsNamedBy(root))
        {
            await ExternalEventEndpoints.ChangeAsync(call, root, faults);
            return;
        }

        string? eventId = EventId(root);
        EventChange? change = EventChangeWire.Read(root, faults);
        bool isAsked = AskedAccount.In(root);
        string? holdId = root["hold_id"].Text(AvailabilityLimits.IdLength);
        await (faults.Any || eventId is null || change is null
            ? call.RefuseAsync(faults)
            : AskedAccount.AcceptAsync(call, isAsked, () => holdId is null
                ? call.Grant.UpsertEvent(call.TokenHash, call.Route("calendar_id"), eventId, change, CancellationToken.None)
                : call.Grant.UpsertHeldEvent(
                    call.TokenHash, call.Route("calendar_id"), eventId, change, holdId, CancellationToken.None)));
    }

    private static async Task DeleteAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        if (ExternalEventEndpoints.IsNamedBy(root))
        {
            await ExternalEventEndpoints.DeleteAsync(call, root, faults);
            return;
        }

        string? eventId = EventId(root);
        bool isAsked = AskedAccount.In(root);
        await (faults.Any || eventId is null
            ? call.RefuseAsync(faults)
            : AskedAccount.AcceptAsync(call, isAsked, () => call.Grant.DeleteEvent(
                call.TokenHash, call.Route("calendar_id"), eventId, CancellationToken.None)));
    }

    private static string? EventId(RequestField root)
    {
        RequestField field = root["event_id"];
        if (!field.Require() || field.Text(EventLimits.EventId) is not { } eventId)
        {
            return null;
        }

        if (eventId.Length == 0)
        {
            field.Fault(FieldKeys.Required, "required");
        }

        return eventId;
    }
}
