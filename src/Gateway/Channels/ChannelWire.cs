using System.Text.Json;
using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Channels;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Gateway.Channels;

/// <summary>Channels and their deliveries as JSON.</summary>
internal static class ChannelWire
{
    public static void WriteOne(Utf8JsonWriter json, ChannelView channel)
    {
        json.WriteStartObject();
        json.WritePropertyName("channel");
        Write(json, channel);
        json.WriteEndObject();
    }

    public static void WriteList(Utf8JsonWriter json, ChannelViews list)
    {
        json.WriteStartObject();
        json.WriteStartArray("channels");
        foreach (ChannelView channel in list.Channels)
        {
            Write(json, channel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteSettings(Utf8JsonWriter json, ChannelView channel)
    {
        json.WriteStartObject();
        WriteSettingsOf(json, channel.Settings);
        json.WriteEndObject();
    }

    public static void WriteDeliveries(Utf8JsonWriter json, DeliveryPage page)
    {
        json.WriteStartObject();
        json.WriteStartObject("channel");
        WriteMembers(json, page.Channel);
        WriteSettingsOf(json, page.Channel.Settings);
        if (page.Channel.Closed is { } reason)
        {
            json.WriteStartObject("closed");
            json.WriteString("reason", ChannelWords.Of(reason));
            json.WriteString("at", NotificationBody.TextOf(page.Channel.ClosedAt!.Value));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("deliveries");
        foreach (Delivery delivery in page.Deliveries)
        {
            Write(json, page.Channel.ChannelId, delivery);
        }

        json.WriteEndArray();
        if (page.HasMore)
        {
            json.WriteNumber("next_after", page.Deliveries[^1].Sequence);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ChannelView channel)
    {
        json.WriteStartObject();
        WriteMembers(json, channel);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ChannelView channel)
    {
        json.WriteString("channel_id", channel.ChannelId);
        json.WriteString("callback_url", channel.CallbackUrl);
        NotificationBody.WriteFilters(json, channel.Filter);
    }

    private static void WriteSettingsOf(Utf8JsonWriter json, ChannelSettings settings)
    {
        json.WriteStartObject("settings");
        json.WriteBoolean("push", settings.IsPushed);
        json.WriteBoolean("standard_webhooks", settings.SignsStandard);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string channelId, Delivery delivery)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", delivery.Sequence);
        json.WriteString("id", delivery.IdFor(channelId));
        json.WriteStartObject("notification");
        json.WriteString("type", NotificationBody.WordOf(delivery.Kind));
        WriteTime(json, "changes_since", delivery.Since);
        json.WriteEndObject();
        json.WriteString("state", ChannelWords.Of(delivery.Progress));
        WriteTime(json, "created", delivery.Created);
        json.WriteNumber("attempts", delivery.Attempts);
        WriteTime(json, "last_attempt", delivery.LastAttempt);
        WriteTime(json, "next_attempt", delivery.NextAttempt);
        if (delivery.Outcome is { } outcome)
        {
            json.WriteString("outcome", ChannelWords.Of(outcome));
        }

        if (delivery.Status is { } status)
        {
            json.WriteNumber("status", status);
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, NodaTime.Instant? instant)
    {
        if (instant is { } given)
        {
            json.WriteString(name, NotificationBody.TextOf(given));
        }
    }
}
