using System.Globalization;
using CalendarActors.Gateway.Api;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Channels;

/// <summary>What the vendor has not: the deliveries of a channel, their repetition, and how the channel tells.</summary>
internal static class DeliveryEndpoints
{
    private const int PageSize = 50;

    public static void MapDeliveryEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(HttpMethods.Get, "/v1/channels/{channel_id}/deliveries", ListAsync).Describe(ChannelDescription.Deliveries);
        routes.MapApi(HttpMethods.Post, "/v1/channels/{channel_id}/deliveries/replay", ReplayAsync)
            .Describe(ChannelDescription.Replay);
        routes.MapApi(HttpMethods.Get, "/v1/channels/{channel_id}/settings", ShowAsync).Describe(ChannelDescription.Settings);
        routes.MapApi(HttpMethods.Post, "/v1/channels/{channel_id}/settings", SetAsync).Describe(ChannelDescription.Set);
    }

    private static async Task ListAsync(ApiCall call)
    {
        RequestFaults faults = new();
        QueryFields query = new(call.Request.Query, faults);
        long after = Number(query, faults, "after", 0, long.MaxValue) ?? 0;
        int limit = (int)(Number(query, faults, "limit", 1, PageSize) ?? PageSize);
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AnswerAsync(
                await call.Grant.Deliveries(
                    call.TokenHash, ChannelEndpoints.ChannelIdOf(call), after, limit, CancellationToken.None),
                static (context, page) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, page, ChannelWire.WriteDeliveries)));
    }

    private static async Task ReplayAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        RequestField from = root["from"];
        int? sequence = from.Require() ? from.Integer() : null;
        await (faults.Any
            ? call.RefuseAsync(faults)
            : call.AcceptAsync(await call.Grant.ReplayDeliveries(
                call.TokenHash, ChannelEndpoints.ChannelIdOf(call), sequence!.Value, CancellationToken.None)));
    }

    private static async Task ShowAsync(ApiCall call) => await SettingsAsync(
        call, await call.Grant.Channel(call.TokenHash, ChannelEndpoints.ChannelIdOf(call), CancellationToken.None));

    private static async Task SetAsync(ApiCall call)
    {
        RequestFaults faults = new();
        if (await ApiBody.OpenAsync(call.Context, faults) is not { } root)
        {
            return;
        }

        bool? push = root["push"].Flag();
        bool? standard = root["standard_webhooks"].Flag();
        await (faults.Any
            ? call.RefuseAsync(faults)
            : SettingsAsync(call, await call.Grant.SetChannel(
                call.TokenHash, ChannelEndpoints.ChannelIdOf(call), push, standard, CancellationToken.None)));
    }

    private static Task SettingsAsync(ApiCall call, GrantAnswer<ChannelView> answer) => call.AnswerAsync(
        answer,
        static (context, channel) => JsonAnswer.SendAsync(context, StatusCodes.Status200OK, channel, ChannelWire.WriteSettings));

    private static long? Number(QueryFields query, RequestFaults faults, string name, long least, long most)
    {
        if (query.Text(name) is not { } text)
        {
            return null;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            faults.Add(name, FieldKeys.MustBeInteger, "must be an integer");
        }
        else if (value < least || value > most)
        {
            faults.Add(name, FieldKeys.OutOfRange, $"must be from {least} to {most}");
        }

        return value;
    }
}
