using System.Text.Json;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Gateway.Events;

/// <summary>Shapes a page of events.</summary>
internal static class EventPageWire
{
    private static readonly JsonEncodedText Events = JsonEncodedText.Encode("events");

    public static void Write(Utf8JsonWriter json, EventPage page, string pagesUrl, AccountView? asked)
    {
        EventWire wire = new(page);
        json.WriteStartObject();
        PageLinks.Write(json, page.Number, page.Count, pagesUrl, page.Next);
        json.WriteStartArray(Events);
        foreach (EventEntry entry in page.Entries)
        {
            wire.Write(json, entry);
        }

        json.WriteEndArray();
        AskedAccount.WriteIfAny(json, asked);
        json.WriteEndObject();
    }
}
