using System.Net;
using System.Text;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Grants;
using CalendarActors.Grains.Interfaces.Applications;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Who calls an endpoint that takes client credentials: by Basic or in the body, never both (RFC 6749 2.3).</summary>
/// <remarks>
/// Any other <c>Authorization</c> header is ignored: the SDKs send stale bearer tokens, one of them <c>Bearer undefined</c>.
/// </remarks>
internal sealed class ClientAuthentication(IGrainFactory grains, BearerTokens tokens)
{
    private const string Scheme = "Basic ";

    /// <summary>Checks the credentials of a request.</summary>
    /// <returns>The client, or the error and whether Basic was tried, which decides between 400 and 401.</returns>
    public async Task<(AuthenticatedClient? Client, string? Error, bool UsedBasic)> AuthenticateAsync(
        HttpRequest request, ProtocolParameters parameters, CancellationToken cancellationToken)
    {
        (string? clientId, string? secret) = (parameters["client_id"], parameters["client_secret"]);
        bool usedBasic = TryReadBasic(request.Headers.Authorization, out (string Id, string Secret)? basic);
        if (usedBasic)
        {
            if (secret is not null || (basic is not null && clientId is not null && clientId != basic.Value.Id))
            {
                return (null, TokenErrors.InvalidRequest, false);
            }

            (clientId, secret) = (basic?.Id, basic?.Secret);
        }

        AuthenticatedClient? client = tokens.Parse(secret, TokenKind.ClientSecret) is { } token && token.ClientId == clientId
            ? await grains.GetGrain<IApplicationGrain>(token.ClientId).Authenticate([.. token.Hash], cancellationToken)
            : null;
        return (client, client is null ? TokenErrors.InvalidClient : null, usedBasic);
    }

    /// <summary>True when there is a Basic header; its content is null when it cannot be read.</summary>
    private static bool TryReadBasic(StringValues headers, out (string Id, string Secret)? credentials)
    {
        credentials = null;
        string? header = headers.FirstOrDefault(h => h?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is true);
        if (header is null)
        {
            return false;
        }

        byte[] bytes = new byte[header.Length];
        if (headers.Count == 1 && Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out int length))
        {
            string text = Encoding.UTF8.GetString(bytes, 0, length);
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0)
            {
                // Both parts are form-encoded first (RFC 6749 2.3.1).
                credentials = (WebUtility.UrlDecode(text[..colon]), WebUtility.UrlDecode(text[(colon + 1)..]));
            }
        }

        return true;
    }
}
