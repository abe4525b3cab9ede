using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Gateway.Wire;

/// <summary>Reads the body of a request, whatever its method: JSON or a form, none at all, or an empty list.</summary>
/// <remarks>
/// The vendor's libraries send JSON with and without a charset, forms, <c>[]</c> where they mean nothing, and bodies with
/// DELETE; one announces a content encoding and compresses nothing, so that header is not looked at.
/// </remarks>
internal static class RequestBody
{
    /// <summary>Bytes that a body may have.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly JsonDocumentOptions Strictly = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = FormTree.MaxDepth,
    };

    /// <summary>Reads it; an unreadable one gives a reason instead of a root. What a batch has read is not read again.</summary>
    /// <param name="context">The request.</param>
    /// <param name="maxLength">Bytes that it may have; one that says that it has more is not read at all.</param>
    public static async ValueTask<ParsedBody> ReadAsync(HttpContext context, int maxLength = MaxLength)
    {
        if (context.Features.Get<ParsedBody>() is { } given)
        {
            return given;
        }

        if (context.Request.ContentLength > maxLength)
        {
            return TooLarge(maxLength);
        }

        ReadOnlySequence<byte> bytes;
        while (true)
        {
            System.IO.Pipelines.ReadResult result = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
            bytes = result.Buffer;
            if (bytes.Length > maxLength)
            {
                context.Request.BodyReader.AdvanceTo(bytes.End);
                return TooLarge(maxLength);
            }

            if (result.IsCompleted)
            {
                break;
            }

            context.Request.BodyReader.AdvanceTo(bytes.Start, bytes.End);
        }

        byte[] body = bytes.ToArray();
        context.Request.BodyReader.AdvanceTo(bytes.End);
        return Parse(body, IsForm(context.Request.ContentType));
    }

    /// <summary>Takes a body apart.</summary>
    public static ParsedBody Parse(ReadOnlyMemory<byte> body, bool isForm)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        ReadOnlySpan<byte> text = body.Span.Trim(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return ParsedBody.Empty;
        }

        if (!Utf8.IsValid(text))
        {
            return ParsedBody.Unreadable("The body is not UTF-8.");
        }

        // curl names a form unless told otherwise; what begins with a brace is meant as JSON.
        return isForm && text[0] is not ((byte)'{' or (byte)'[') ? Form(text) : Json(body);
    }

    private static ParsedBody TooLarge(int maxLength) => ParsedBody.Unreadable(
        maxLength == MaxLength ? "The body is larger than 1 MiB." : $"The body is larger than {maxLength} bytes.");

    private static bool IsForm(string? contentType) =>
        contentType is not null && contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static ParsedBody Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(body, Strictly);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => ParsedBody.Of(document.RootElement, isText: false),

                // PHP writes an empty map as an empty list.
                JsonValueKind.Array when document.RootElement.GetArrayLength() == 0 => ParsedBody.Empty,
                _ => ParsedBody.Unreadable("The body must be a JSON object."),
            };
        }
        catch (JsonException)
        {
            return ParsedBody.Unreadable("The body is not JSON, nests too deep, or names a key twice.");
        }
        catch (InvalidOperationException)
        {
            // A key with half a surrogate pair.
            return ParsedBody.Unreadable("The body is not JSON.");
        }
    }

    private static ParsedBody Form(ReadOnlySpan<byte> text)
    {
        List<KeyValuePair<string, string>> fields = [];
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(Encoding.UTF8.GetString(text)))
        {
            fields.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return FormTree.Read(fields) is { } document
            ? ParsedBody.Of(document.RootElement, isText: true)
            : ParsedBody.Unreadable("The form's names contradict each other or are too many.");
    }
}
