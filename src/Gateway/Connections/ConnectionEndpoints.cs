using CalendarActors.Gateway.Applications;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Gateway.Connections;

/// <summary>The operator's view of connections: which are broken, which lag, which are not watched.</summary>
internal static class ConnectionEndpoints
{
    private const int PageSize = 50;

    public static void MapConnectionEndpoints(this IEndpointRouteBuilder routes) => routes
        .MapGroup("/operator/connections").WithTags("Operator")
        .AddEndpointFilterFactory((context, next) =>
        {
            OperatorGate gate = context.ApplicationServices.GetRequiredService<OperatorGate>();
            return invocation => gate.InvokeAsync(invocation, next);
        })
        .MapGet("", ListAsync)
        .WithSummary("List connections and how well their calendars are kept")
        .WithDescription(
            "watch says how a calendar's changes reach us: watched (its provider tells us, until watched_until), polled (we look "
            + "from time to time) or none (an application calendar: it is kept here, and there is nothing to look at).")
        .Produces<ConnectionListWire>()
        .Produces<OperatorErrorWire>(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> ListAsync(
        IGrainFactory grains, string? state, string? after, int? limit, CancellationToken cancellationToken)
    {
        ConnectionState? wanted = state switch
        {
            "connected" => ConnectionState.Connected,
            "disconnected" => ConnectionState.Disconnected,
            _ => null,
        };
        if (wanted is null && !string.IsNullOrEmpty(state))
        {
            return OperatorResults.Error(
                StatusCodes.Status422UnprocessableEntity, "invalid_request", "state is connected or disconnected.");
        }

        ConnectionPage page = await grains.GetGrain<IConnectionListGrain>(0).Page(
            wanted, after, Math.Clamp(limit ?? PageSize, 1, PageSize), cancellationToken);
        return OperatorResults.Json(new ConnectionListWire([.. page.Connections.Select(ConnectionWire.From)], page.Next));
    }
}
