using System.Text.Json;

namespace CalendarActors.Providers.Microsoft;

/// <summary>Keeps pages of portals and proxies from Graph's package, which takes them for its caller's mistake.</summary>
internal sealed class JsonOnlyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        bool isJson = response.Content.Headers.ContentType?.MediaType is { } type
            && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        if (isJson || response.Content.Headers.ContentLength is 0)
        {
            return response;
        }

        if (response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new JsonException("The answer is no JSON.");
        }

        // The status says enough.
        response.Content.Dispose();
        response.Content = new ByteArrayContent([]);
        return response;
    }
}
