using System.Text.Json;

namespace CalendarActors.Gateway.Wire;

/// <summary>Writes the <c>pages</c> object.</summary>
/// <remarks>
/// The link is absolute and has no query string, because one library appends its own; it is made from the configured
/// public URL, because another sends a foreign Host; and it is absent on the last page, because a third asks whether it
/// is set.
/// </remarks>
internal static class PageLinks
{
    private static readonly JsonEncodedText Pages = JsonEncodedText.Encode("pages");
    private static readonly JsonEncodedText Current = JsonEncodedText.Encode("current");
    private static readonly JsonEncodedText Total = JsonEncodedText.Encode("total");
    private static readonly JsonEncodedText NextPage = JsonEncodedText.Encode("next_page");

    /// <param name="json">Where to.</param>
    /// <param name="number">1 for the first page.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="path">Absolute URL of the pages, ending with a slash.</param>
    /// <param name="cursor">Null on the last page.</param>
    public static void Write(Utf8JsonWriter json, int number, int count, string path, string? cursor)
    {
        json.WriteStartObject(Pages);
        json.WriteNumber(Current, number);
        json.WriteNumber(Total, count);
        if (cursor is not null)
        {
            json.WriteString(NextPage, path + cursor);
        }

        json.WriteEndObject();
    }
}
