using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;

namespace CalendarActors.Gateway.Channels;

/// <summary>Channels, as the vendor has them.</summary>
internal static class ChannelEndpoints
{
    public static void MapChannelEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(HttpMethods.Post, "/v1/channels", CreateAsync).Describe(ChannelDescription.Create);
        routes.MapApi(HttpMethods.Get, "/v1/channels", ListAsync).Describe(ChannelDescription.List);
        routes.MapApi(HttpMethods.Delete, "/v1/channels/{channel_id}", CloseAsync).Describe(ChannelDescription.Close);
        routes.MapDeliveryEndpoints();
    }

    /// <summary>The channel of the path; one that none can have is asked of nobody, but the token still has to be good.</summary>
    public static string ChannelIdOf(ApiCall call) => call.Route("channel_id") is var id && GrainKeys.IsChannel(id) ? id : "";

    private static async Task CreateAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        await (ChannelRequest.Read(root, faults) is not { } request
            ? call.RefuseAsync(faults)
            : call.AnswerAsync(
                await call.Grant.OpenChannel(call.TokenHash, request.CallbackUrl, request.Filter, CancellationToken.None),
                static (context, channel) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, channel, ChannelWire.WriteOne)));
    }

    private static async Task ListAsync(ApiCall call) => await call.AnswerAsync(
        await call.Grant.Channels(call.TokenHash, CancellationToken.None),
        static (context, list) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, list, ChannelWire.WriteList));

    /// <summary>The body says nothing, whatever the library sends; it is not even read.</summary>
    private static async Task CloseAsync(ApiCall call) => await call.AcceptAsync(
        await call.Grant.CloseChannel(call.TokenHash, ChannelIdOf(call), CancellationToken.None));
}
