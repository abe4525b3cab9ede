using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CalendarActors.Gateway.Authorization;

/// <summary>The parameters of an OAuth request, wherever they came from: at most one value each.</summary>
/// <remarks>
/// A doubled parameter is refused (RFC 6749 3.1, 3.2); an empty one counts as absent, and so does JSON null; numbers and
/// booleans count as their text; names that nobody asks for are ignored.
/// </remarks>
internal sealed class ProtocolParameters
{
    private const int MaxBody = 32 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };
    private readonly Dictionary<string, string> _values;

    private ProtocolParameters(Dictionary<string, string> values) => _values = values;

    /// <summary>The value; null when absent or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>From a query; null when one is doubled, and then its name.</summary>
    public static (ProtocolParameters? Parameters, string? Problem) FromQuery(IQueryCollection query) => From(query);

    /// <summary>From a body of either form; null with what is wrong with it.</summary>
    public static async Task<(ProtocolParameters? Parameters, string? Problem)> FromBodyAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBody)
        {
            return (null, "The body is too long.");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
        {
            return (null, "The content type must be application/x-www-form-urlencoded or application/json.");
        }

        if (type.Encoding is { } encoding && encoding.CodePage != Encoding.UTF8.CodePage)
        {
            return (null, "The body must be UTF-8.");
        }

        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/x-www-form-urlencoded" => await FromFormAsync(request, cancellationToken),
            "application/json" => await FromJsonAsync(request, cancellationToken),
            _ => (null, "The content type must be application/x-www-form-urlencoded or application/json."),
        };
    }

    private static async Task<(ProtocolParameters?, string?)> FromFormAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return From(await request.ReadFormAsync(
                new Microsoft.AspNetCore.Http.Features.FormOptions
                {
                    BufferBodyLengthLimit = MaxBody,
                    ValueLengthLimit = MaxBody,
                    ValueCountLimit = 64,
                },
                cancellationToken));
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return (null, "The body is not a form that we can read.");
        }
    }

    private static async Task<(ProtocolParameters?, string?)> FromJsonAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxBody + 1];
        int length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBody)
        {
            return (null, "The body is too long.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(buffer.AsMemory(0, length), Strict);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? FromObject(document.RootElement)
                : (null, "The body must be a JSON object.");
        }
        catch (JsonException)
        {
            return (null, "The body is not JSON that we can read, or names a parameter twice.");
        }
    }

    private static (ProtocolParameters?, string?) FromObject(JsonElement body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in body.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return (null, "A parameter must be a string.");
            }

            string? value = property.Value.ValueKind is JsonValueKind.String
                ? property.Value.GetString()
                : property.Value.ValueKind is JsonValueKind.Null ? null : property.Value.GetRawText();
            if (!string.IsNullOrEmpty(value))
            {
                values[property.Name] = value;
            }
        }

        return (new ProtocolParameters(values), null);
    }

    private static (ProtocolParameters?, string?) From(IEnumerable<KeyValuePair<string, StringValues>> pairs)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, StringValues value) in pairs)
        {
            if (value.Count > 1)
            {
                return (null, "A parameter is there twice.");
            }

            // The collections of ASP.NET Core do not tell apart the case of names.
            if (!string.IsNullOrEmpty(value[0]))
            {
                values[name] = value[0]!;
            }
        }

        return (new ProtocolParameters(values), null);
    }
}
