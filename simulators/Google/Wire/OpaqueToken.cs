using System.Buffers.Text;
using System.Text.Json;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>Page tokens and sync tokens: a record in JSON in base64url, which clients have no business to read.</summary>
internal static class OpaqueToken
{
    public static string Write<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    /// <summary>Null when the text is no such token.</summary>
    public static T? Read<T>(string token)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(token));
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException)
        {
            return null;
        }
    }
}
