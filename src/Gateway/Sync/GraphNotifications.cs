using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace CalendarActors.Gateway.Sync;

/// <summary>Reads what Graph posts.</summary>
internal static class GraphNotifications
{
    /// <summary>The notifications; null for anything that is no such body.</summary>
    public static async Task<IReadOnlyList<GraphNotificationWire>?> ReadAsync(
        HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = maxBytes;
        }

        try
        {
            GraphNotificationsWire? body =
                await JsonSerializer.DeserializeAsync<GraphNotificationsWire>(request.Body, cancellationToken: cancellationToken);
            return body?.Value is { } value ? [.. value.OfType<GraphNotificationWire>()] : null;
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }
}
