using System.Text.Json;
using CalendarActors.Simulators.Graph.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CalendarActors.Simulators.Graph.Delta;

/// <summary>What a skip or delta token holds; opaque to clients.</summary>
/// <param name="Calendar">The calendar it is for.</param>
/// <param name="Start">The window's start, in ticks.</param>
/// <param name="End">The window's end, in ticks.</param>
/// <param name="After">Place in the log that the client has seen; -1 when it has seen nothing.</param>
/// <param name="UpTo">Place in the log that this round brings it to.</param>
/// <param name="Offset">Rows of the round already served.</param>
/// <param name="Generation">Generation of cursors that it belongs to.</param>
internal sealed record DeltaToken(string Calendar, long Start, long End, long After, long UpTo, int Offset, int Generation)
{
    public static DeltaToken Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<DeltaToken>(WebEncoders.Base64UrlDecode(text)) ?? throw Malformed();
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            throw Malformed();
        }
    }

    public string Write() => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(this));

    private static GraphFailure Malformed() => new(400, "SyncStateInvalid", "The sync state is invalid.");
}
