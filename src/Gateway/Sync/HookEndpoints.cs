using System.Text;
using CalendarActors.Domain.Authorization;
using CalendarActors.Gateway.Authorization;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Sync;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Gateway.Sync;

/// <summary>Where providers tell us that a calendar changed, or the list of them. Answers as soon as the hint is durable.</summary>
/// <remarks>
/// A notification is believed for the secret that it brings: its check value is compared here, its hash by the
/// calendar or connection, both in constant time. One that we do not believe gets 2xx all the same, or the provider would
/// send it again for hours.
/// </remarks>
internal static class HookEndpoints
{
    private const int MaxValidationToken = 4096;
    private const int MaxBody = 1024 * 1024;

    public static void MapHookEndpoints(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder hooks = routes.MapGroup("/hooks");
        hooks.MapPost("/google", GoogleAsync);
        hooks.MapPost("/microsoft", MicrosoftAsync);
        hooks.MapPost("/microsoft/lifecycle", MicrosoftAsync);
        hooks.ExcludeFromDescription();
    }

    /// <summary>Google's push notification: all of it is in the headers (Google Calendar API, "Push notifications", read 2026-11).</summary>
    private static async Task<IResult> GoogleAsync(
        HttpRequest request, IGrainFactory grains, BearerTokens tokens, CancellationToken cancellationToken)
    {
        if (tokens.Parse(Header(request, "X-Goog-Channel-Token"), TokenKind.Hook) is { } secret)
        {
            WatchNoticeKind kind = Header(request, "X-Goog-Resource-State") == "sync"
                ? WatchNoticeKind.Started
                : WatchNoticeKind.Changed;
            await NotifyAsync(
                grains,
                secret,
                new WatchNotice(
                    [.. secret.Hash], kind, Header(request, "X-Goog-Channel-ID") ?? "", Header(request, "X-Goog-Resource-ID")),
                cancellationToken);
        }

        return Results.NoContent();
    }

    /// <summary>Graph's change and lifecycle notifications, many in one body, and the handshake of a subscription being made.</summary>
    /// <remarks>
    /// The handshake never asks a grain: the calendar that makes the subscription is waiting for the call that Graph answers
    /// only after it (Microsoft Graph, "Receive change notifications through webhooks", read 2026-11).
    /// </remarks>
    private static async Task<IResult> MicrosoftAsync(
        HttpRequest request, IGrainFactory grains, BearerTokens tokens, CancellationToken cancellationToken)
    {
        StringValues handshake = request.Query["validationToken"];
        if (handshake.Count > 0)
        {
            return handshake is [{ Length: > 0 and <= MaxValidationToken } token]
                ? Results.Text(token, "text/plain", Encoding.UTF8)
                : Results.BadRequest();
        }

        if (await GraphNotifications.ReadAsync(request, MaxBody, cancellationToken) is not { } notifications)
        {
            return Results.BadRequest();
        }

        Dictionary<(string, WatchNoticeKind), (Token Secret, WatchNotice Notice)> notices = [];
        foreach (GraphNotificationWire notification in notifications)
        {
            if (tokens.Parse(notification.ClientState, TokenKind.Hook) is { } secret)
            {
                notices[(secret.Text, notification.Kind)] =
                    (secret, new WatchNotice([.. secret.Hash], notification.Kind, notification.SubscriptionId ?? "", null));
            }
        }

        await Task.WhenAll(notices.Values.Select(n => NotifyAsync(grains, n.Secret, n.Notice, cancellationToken)));
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static Task NotifyAsync(IGrainFactory grains, Token secret, WatchNotice notice, CancellationToken cancellationToken) =>
        GrainKeys.IsCalendar(secret.GrainKey)
            ? grains.GetGrain<ICalendarHints>(secret.GrainKey).Notify(notice, cancellationToken)
        : GrainKeys.IsConnection(secret.GrainKey)
            ? grains.GetGrain<IConnectionHints>(secret.GrainKey).Notify(notice, cancellationToken)
        : Task.CompletedTask;

    private static string? Header(HttpRequest request, string name) =>
        request.Headers[name] is [{ Length: > 0 and <= 512 } value] ? value : null;
}
