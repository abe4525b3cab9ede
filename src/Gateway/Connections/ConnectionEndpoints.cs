using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Applications;
using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Gateway.Connections;

/// <summary>The operator's view of connections: which are broken, which lag, which are not watched.</summary>
internal static class ConnectionEndpoints
{
    private const int PageSize = 50;

    public static void MapConnectionEndpoints(this IEndpointRouteBuilder routes) => routes
        .MapGroup("/operator/connections")
        .AddEndpointFilterFactory((context, next) =>
        {
            OperatorGate gate = context.ApplicationServices.GetRequiredService<OperatorGate>();
            return invocation => gate.InvokeAsync(invocation, next);
        })
        .MapGet("", ListAsync)
        .Describe(ConnectionDescription.List);

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
