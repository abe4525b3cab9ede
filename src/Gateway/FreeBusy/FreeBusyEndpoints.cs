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
        Task Send(HttpContext context, FreeBusyPage page) => JsonAnswer.SendAsync(
            context, StatusCodes.Status200OK, (page, pagesUrl), static (json, value) => FreeBusyWire.Write(json, value.page, value.pagesUrl));

        routes.MapApi(HttpMethods.Get, "/v1/free_busy", async call =>
        {
            RequestFaults faults = new();
            ScheduleQuery query = ScheduleQueryWire.Read(call.Request.Query, faults);
            await (faults.Any
                ? call.RefuseAsync(faults)
                : call.AnswerAsync(await call.Grant.ReadFreeBusy(call.TokenHash, query, CancellationToken.None), Send));
        }).Describe(FreeBusyDescription.First);

        routes.MapApi(HttpMethods.Get, PagesPath + "{cursor}", async call => await call.AnswerAsync(
            await call.Grant.ReadFreeBusyPage(call.TokenHash, call.Route("cursor"), CancellationToken.None), Send))
            .Describe(FreeBusyDescription.Page);
    }
}
