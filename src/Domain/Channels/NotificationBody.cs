using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Domain.Channels;

/// <summary>A notification's body: the same bytes each time for the same delivery.</summary>
/// <remarks>Cronofy, "Push Notifications" (read 2026-11). No delivery id and no time of sending is in it.</remarks>
public static class NotificationBody
{
    private static readonly JsonWriterOptions Plainly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="kind">What it tells.</param>
    /// <param name="since">Of a change; cut to whole seconds.</param>
    /// <param name="channelId"><c>chn_…</c>.</param>
    /// <param name="callbackUrl">As the application gave it.</param>
    /// <param name="filter">The channel's.</param>
    /// <returns>JSON in UTF-8.</returns>
    public static byte[] Write(
        NotificationKind kind, Instant? since, string channelId, string callbackUrl, ChannelFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter json = new(buffer, Plainly);
        json.WriteStartObject();
        json.WriteStartObject("notification");
        json.WriteString("type", WordOf(kind));
        if (since is { } instant)
        {
            json.WriteString("changes_since", TextOf(instant));
        }

        json.WriteEndObject();
        json.WriteStartObject("channel");
        json.WriteString("channel_id", channelId);
        json.WriteString("callback_url", callbackUrl);
        WriteFilters(json, filter);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes <c>filters</c> with what is not the default.</summary>
    public static void WriteFilters(Utf8JsonWriter json, ChannelFilter filter)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(filter);
        json.WriteStartObject("filters");
        if (!filter.CalendarIds.IsEmpty)
        {
            json.WriteStartArray("calendar_ids");
            foreach (string id in filter.CalendarIds)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
        }

        if (filter.OnlyManaged)
        {
            json.WriteBoolean("only_managed", true);
        }

        json.WriteEndObject();
    }

    /// <summary>The vendor's word for a kind.</summary>
    public static string WordOf(NotificationKind kind) => kind switch
    {
        NotificationKind.Verification => "verification",
        NotificationKind.Change => "change",
        NotificationKind.InitialSyncCompleted => "profile_initial_sync_completed",
        NotificationKind.Disconnected => "profile_disconnected",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whole seconds, cut: whoever reads from there on misses nothing.</summary>
    public static string TextOf(Instant instant) =>
        InstantPattern.General.Format(Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()));
}
