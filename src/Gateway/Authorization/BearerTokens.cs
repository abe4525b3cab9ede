using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;
using Microsoft.Extensions.Primitives;

namespace CalendarActors.Gateway.Authorization;

/// <summary>Reads the token of an <c>Authorization: Bearer</c> header (RFC 6750 2.1).</summary>
/// <remarks>A guess is refused here, by its check value, without asking a grain.</remarks>
internal sealed class BearerTokens(DerivedKeys keys)
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; null when there is none, several, one that we did not mint, or one of another kind.</summary>
    public Token? Read(HttpRequest request, TokenKind kind)
    {
        StringValues header = request.Headers.Authorization;
        return header.Count == 1
            && header[0] is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? Parse(text[Scheme.Length..].Trim(), kind)
            : null;
    }

    /// <summary>The token of a text; null for one that we did not mint, or one of another kind.</summary>
    public Token? Parse(string? text, TokenKind kind) =>
        Token.TryParse(text, keys.TokenMac.Span, out Token? token) && token.Kind == kind ? token : null;
}
