using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Gateway.Accounts;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Gateway.FreeBusy;

/// <summary>Shapes a page of busy times.</summary>
/// <remarks>
/// One entry a happening, as the vendor lists them: overlapping ones are not merged, because <c>include_ids</c>,
/// <c>include_deleted</c> and <c>last_modified</c> speak of single happenings.
/// </remarks>
internal static class FreeBusyWire
{
    private static readonly JsonEncodedText FreeBusy = JsonEncodedText.Encode("free_busy");
    private static readonly JsonEncodedText CalendarId = JsonEncodedText.Encode("calendar_id");
    private static readonly JsonEncodedText EventId = JsonEncodedText.Encode("event_id");
    private static readonly JsonEncodedText EventUid = JsonEncodedText.Encode("event_uid");
    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText End = JsonEncodedText.Encode("end");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("free_busy_status");
    private static readonly JsonEncodedText Deleted = JsonEncodedText.Encode("deleted");
    private static readonly JsonEncodedText Busy = JsonEncodedText.Encode("busy");
    private static readonly JsonEncodedText Free = JsonEncodedText.Encode("free");
    private static readonly JsonEncodedText Unknown = JsonEncodedText.Encode("unknown");
    private static readonly JsonEncodedText Tentative = JsonEncodedText.Encode("tentative");

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    public static void Write(Utf8JsonWriter json, FreeBusyPage page, string pagesUrl, AccountView? asked)
    {
        DateTimeZone? zone = page.Presentation.LocalizedTimes ? DateTimeZoneProviders.Tzdb[page.ZoneId] : null;
        json.WriteStartObject();
        PageLinks.Write(json, page.Number, page.Count, pagesUrl, page.Next);
        json.WriteStartArray(FreeBusy);
        foreach (BusyEntry entry in page.Entries)
        {
            WriteEntry(json, entry, zone, page.Presentation.IncludeIds);
        }

        json.WriteEndArray();
        AskedAccount.WriteIfAny(json, asked);
        json.WriteEndObject();
    }

    /// <summary>Writes one entry.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="zone">In which times are shown; null for UTC alone.</param>
    /// <param name="withIds">True to show the event's ids.</param>
    public static void WriteEntry(Utf8JsonWriter json, BusyEntry entry, DateTimeZone? zone, bool withIds)
    {
        json.WriteStartObject();
        json.WriteString(CalendarId, entry.CalendarId);
        if (entry.IsAllDay)
        {
            WireTimes.WriteDay(json, Start, Epoch.PlusDays(entry.StartDay), zone?.Id);
            WireTimes.WriteDay(json, End, Epoch.PlusDays(entry.EndDay), zone?.Id);
        }
        else if (zone is not null)
        {
            WireTimes.WriteLocalized(json, Start, entry.StartsAt, zone);
            WireTimes.WriteLocalized(json, End, entry.EndsAt, zone);
        }
        else
        {
            WireTimes.WriteMoment(json, Start, entry.StartsAt);
            WireTimes.WriteMoment(json, End, entry.EndsAt);
        }

        json.WriteString(Status, StatusOf(entry));
        if (withIds)
        {
            WriteIds(json, entry);
        }

        if (entry.IsDeleted)
        {
            json.WriteBoolean(Deleted, true);
        }

        json.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter json, BusyEntry entry)
    {
        if (entry.EventId is not null)
        {
            json.WriteString(EventId, entry.EventId);
        }

        json.WriteString(EventUid, entry.Uid);
    }

    // A free event stays free whoever has not answered; what is certain and takes the time is busy.
    private static JsonEncodedText StatusOf(BusyEntry entry) => entry.Transparency switch
    {
        Transparency.Transparent or Transparency.WorkingElsewhere => Free,
        Transparency.Tentative => Tentative,
        Transparency.Unknown => Unknown,
        _ => entry.IsTentative ? Tentative : Busy,
    };
}
