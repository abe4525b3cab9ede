using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;
using Names = CalendarActors.Gateway.Events.EventNames;

namespace CalendarActors.Gateway.Events;

/// <summary>Shapes one event as one page shows it.</summary>
/// <remarks>
/// Truth values and times are always written and never null: the strictest of the vendor's libraries throws for a null.
/// What is not known is left out.
/// </remarks>
internal readonly ref struct EventWire
{
    private readonly Presentation _presentation;
    private readonly EventPermissions _permissions;
    private readonly DateTimeZone _zone;

    public EventWire(EventPage page)
    {
        _presentation = page.Presentation;
        _permissions = page.Permissions;
        _zone = DateTimeZoneProviders.Tzdb[page.ZoneId];
    }

    public void Write(Utf8JsonWriter json, EventEntry entry)
    {
        EventContent content = entry.Content;
        json.WriteStartObject();
        json.WriteString(Names.CalendarId, entry.CalendarId);
        WriteIfAny(json, Names.EventId, entry.EventId);
        json.WriteString(Names.EventUid, entry.Uid);
        json.WriteString(Names.Summary, content.Summary);
        json.WriteString(Names.Description, content.Description);
        WriteTime(json, Names.Start, entry.Start, entry.StartsAt);
        WriteTime(json, Names.End, entry.End, entry.EndsAt);
        json.WriteBoolean(Names.Deleted, entry.IsDeleted);
        WireTimes.WriteMoment(json, Names.Created, entry.Created);
        WireTimes.WriteMoment(json, Names.Updated, entry.Updated);
        WriteLocation(json, content);
        json.WriteString(Names.ParticipationStatus, EventWords.Of(OwnAnswer(content)));
        WriteAttendees(json, content.Attendees);
        WriteOrganizer(json, content.Organizer);
        json.WriteString(Names.Transparency, EventWords.PlainOf(content.Transparency));
        json.WriteString(Names.ExtendedTransparency, EventWords.Of(content.Transparency));
        json.WriteString(Names.Status, EventWords.Of(content.Status));
        WriteCategories(json, content.Categories);
        json.WriteBoolean(Names.Recurring, entry.SeriesId is not null);
        WriteIfAny(json, Names.SeriesIdentifier, entry.SeriesId);
        json.WriteBoolean(Names.EventPrivate, content.IsPrivate);
        WriteIfAny(json, Names.MeetingUrl, content.MeetingUrl);
        WriteOptions(json, entry);
        json.WriteEndObject();
    }

    private void WriteTime(Utf8JsonWriter json, JsonEncodedText name, CalendarTime time, Instant instant)
    {
        if (time.IsDate)
        {
            WireTimes.WriteDay(json, name, time.Local.Date, _presentation.LocalizedTimes ? _zone.Id : null);
        }
        else if (_presentation.LocalizedTimes)
        {
            WireTimes.WriteLocalized(json, name, instant, ZoneOf(time));
        }
        else
        {
            WireTimes.WriteMoment(json, name, instant);
        }
    }

    // The event's own zone where it has one; a floating time is read in the zone that was asked for.
    private DateTimeZone ZoneOf(CalendarTime time) => time.Kind switch
    {
        TimeKind.Zoned => DateTimeZoneProviders.Tzdb[time.ZoneId!],
        TimeKind.Utc => EtcUtc,
        _ => _zone,
    };

    private void WriteLocation(Utf8JsonWriter json, EventContent content)
    {
        GeoPoint? geo = _presentation.IncludeGeo ? content.Geo : null;
        if (content.Location is null && geo is null)
        {
            return;
        }

        json.WriteStartObject(Names.Location);
        json.WriteString(Names.Description, content.Location ?? "");
        if (geo is not null)
        {
            json.WriteString(Names.Lat, geo.Latitude);
            json.WriteString(Names.Long, geo.Longitude);
        }

        json.WriteEndObject();
    }

    private ParticipationStatus OwnAnswer(EventContent content)
    {
        foreach (Attendee attendee in content.Attendees)
        {
            if (IsOwn(attendee))
            {
                return attendee.Status;
            }
        }

        return ParticipationStatus.Unknown;
    }

    private bool IsOwn(Attendee attendee)
    {
        foreach (string email in _permissions.Email)
        {
            if (attendee.IsSameMailbox(email))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteAttendees(Utf8JsonWriter json, ImmutableArray<Attendee> attendees)
    {
        json.WriteStartArray(Names.Attendees);
        foreach (Attendee attendee in attendees)
        {
            json.WriteStartObject();
            json.WriteString(Names.Email, attendee.Email);
            WriteIfAny(json, Names.DisplayName, attendee.DisplayName);
            json.WriteString(Names.Status, EventWords.Of(attendee.Status));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrganizer(Utf8JsonWriter json, Organizer? organizer)
    {
        if (organizer is null)
        {
            return;
        }

        json.WriteStartObject(Names.Organizer);
        json.WriteString(Names.Email, organizer.Email);
        WriteIfAny(json, Names.DisplayName, organizer.DisplayName);
        json.WriteEndObject();
    }

    private static void WriteCategories(Utf8JsonWriter json, ImmutableArray<string> categories)
    {
        json.WriteStartArray(Names.Categories);
        foreach (string category in categories)
        {
            json.WriteStringValue(category);
        }

        json.WriteEndArray();
    }

    private void WriteOptions(Utf8JsonWriter json, EventEntry entry)
    {
        EventOptions options = EventOptions.Of(entry, _permissions);
        json.WriteStartObject(Names.Options);
        json.WriteBoolean(Names.Delete, options.Delete);
        json.WriteBoolean(Names.Update, options.Update);
        json.WriteBoolean(Names.ChangeParticipationStatus, options.Answer);
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, JsonEncodedText name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static readonly DateTimeZone EtcUtc = DateTimeZoneProviders.Tzdb["Etc/UTC"];
}
