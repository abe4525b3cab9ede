using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using CalendarActors.Grains.Interfaces.Channels;
using Microsoft.AspNetCore.Mvc;

namespace CalendarActors.Gateway.Channels;

/// <summary>The operator's view of channels: which fail, what waits, since when.</summary>
internal static class OperatorChannelEndpoints
{
    private const int PageSize = 50;

    public static void MapOperatorChannelEndpoints(this IEndpointRouteBuilder routes) => routes
        .MapGroup("/operator/channels")
        .AddEndpointFilterFactory((context, next) =>
        {
            OperatorGate gate = context.ApplicationServices.GetRequiredService<OperatorGate>();
            return invocation => gate.InvokeAsync(invocation, next);
        })
        .MapGet("", ListAsync)
        .Describe(ChannelDescription.OperatorList);

    private static async Task<IResult> ListAsync(
        IGrainFactory grains,
        [FromQuery(Name = "client_id")] string? clientId,
        string? state,
        string? after,
        int? limit,
        CancellationToken cancellationToken)
    {
        ChannelHealth? wanted = state switch
        {
            "well" => ChannelHealth.Well,
            "failing" => ChannelHealth.Failing,
            "closed" => ChannelHealth.Closed,
            _ => null,
        };
        if (wanted is null && !string.IsNullOrEmpty(state))
        {
            return OperatorResults.Error(
                StatusCodes.Status422UnprocessableEntity, "invalid_request", "state is well, failing or closed.");
        }

        ChannelPage page = await grains.GetGrain<IChannelListGrain>(0).Page(
            string.IsNullOrEmpty(clientId) ? null : clientId,
            wanted,
            after,
            Math.Clamp(limit ?? PageSize, 1, PageSize),
            cancellationToken);
        return OperatorResults.Json(new ChannelListWire([.. page.Channels.Select(ChannelStatusWire.From)], page.Next));
    }
}
