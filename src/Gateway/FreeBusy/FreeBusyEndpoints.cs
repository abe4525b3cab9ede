using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Events;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Hosting;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.FreeBusy;

/// <summary>Busy times, without a word about what takes them.</summary>
internal static class FreeBusyEndpoints
{
    private const string PagesPath = "/v1/free_busy/pages/";

    public static void MapFreeBusyEndpoints(this IEndpointRouteBuilder routes)
    {
        string pagesUrl = routes.ServiceProvider.GetRequiredService<IOptions<PublicUrlOptions>>().Value.Base + PagesPath;
        Task Send(HttpContext context, FreeBusyPage page, AccountView? asked) => JsonAnswer.SendAsync(
            context,
            StatusCodes.Status200OK,
            (page, pagesUrl, asked),
            static (json, value) => FreeBusyWire.Write(json, value.page, value.pagesUrl, value.asked));

        routes.MapElementApi(HttpMethods.Get, "/v1/free_busy", async call =>
        {
            RequestFaults faults = new();
            ScheduleQuery query = ScheduleQueryWire.Read(call.Request.Query, faults);
            bool isAsked = AskedAccount.In(call.Request.Query, faults);
            await (faults.Any
                ? call.RefuseAsync(faults)
                : AskedAccount.AnswerAsync(
                    call, isAsked, await call.Grant.ReadFreeBusy(call.TokenHash, query, CancellationToken.None), Send));
        }, ElementPermissions.Agenda).Describe(FreeBusyDescription.First);

        routes.MapElementApi(HttpMethods.Get, PagesPath + "{cursor}", async call => await call.AnswerAsync(
            await call.Grant.ReadFreeBusyPage(call.TokenHash, call.Route("cursor"), CancellationToken.None),
            (context, page) => Send(context, page, asked: null)), ElementPermissions.Agenda)
            .Describe(FreeBusyDescription.Page);
    }
}
