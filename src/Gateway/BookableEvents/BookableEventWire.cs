using System.Globalization;
using System.Text;
using System.Text.Json;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using NodaTime;

namespace CalendarActors.Gateway.BookableEvents;

/// <summary>Reads and shapes bookable events and registrations.</summary>
/// <remarks>Source: docs.cronofy.com, "Create a Bookable Event", "Create or Update Registration".</remarks>
internal static class BookableEventWire
{
    private const int MaxId = 255;

    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText End = JsonEncodedText.Encode("end");

    /// <summary>The event; only to be used when nothing was wrong.</summary>
    public static BookableEvent ReadEvent(RequestField root, string clientId)
    {
        string id = Id(root["bookable_event_id"]);
        Stretch time = Moments.Period(root) ?? default;
        RequestField status = root["status"];
        string? word = status.Require() ? status.Text(MaxId) : null;
        if (word is not (null or "confirmed" or "cancelled"))
        {
            status.Fault(FieldKeys.NotRecognized, "must be confirmed or cancelled");
        }

        RequestField registration = root["registration"];
        RequestField capacity = registration["capacity"];
        if (registration.Require() && registration.ExpectObject() && capacity.IsAbsent)
        {
            capacity.Fault(FieldKeys.Required, "required: a number, or null for as many as come");
        }

        int? places = capacity.Integer();
        if (places is < 1 or > RegistrationRules.MostCapacity)
        {
            capacity.Fault(FieldKeys.OutOfRange, $"must be 1 to {RegistrationRules.MostCapacity}, or null for as many as come");
        }

        return new BookableEvent(clientId, id, time.Start, time.End, word == "cancelled", places);
    }

    /// <summary>The registration; only to be used when nothing was wrong.</summary>
    public static Registration ReadRegistration(RequestField root)
    {
        string id = Id(root["registration_id"]);
        RequestField status = root["status"];
        string? word = status.Require() ? status.Text(MaxId) : null;
        if (!Enum.TryParse(word, ignoreCase: true, out RegistrationStatus stands) || word != WordOf(stands))
        {
            if (word is not null)
            {
                status.Fault(FieldKeys.NotRecognized, "must be pending, accepted, tentative, declined or removed");
            }
        }

        RequestField metadata = root["metadata"];
        string? noted = metadata.ExpectObject() ? metadata.Json : null;
        if (noted is not null && Encoding.UTF8.GetByteCount(noted) > RegistrationRules.MetadataBytes)
        {
            metadata.Fault(FieldKeys.TooLong, $"must be at most {RegistrationRules.MetadataBytes} bytes");
        }

        return new Registration(id, stands, noted);
    }

    public static void Write(Utf8JsonWriter json, BookableEventView view)
    {
        json.WriteStartObject();
        WriteTimes(json, view.Event);
        json.WriteString("status", view.Event.IsCancelled ? "cancelled" : "confirmed");
        json.WriteStartObject("registration");
        WritePlaces(json, view.Event.Capacity, view.Registrations.Count(r => r.Status.TakesPlace()));
        json.WriteNumber("total_count", view.Registrations.Length);
        json.WriteStartArray("registrations");
        foreach (Registration registration in view.Registrations)
        {
            json.WriteStartObject();
            json.WriteString("registration_id", registration.RegistrationId);
            json.WriteString("status", WordOf(registration.Status));
            if (registration.Metadata is { } metadata)
            {
                json.WritePropertyName("metadata");
                json.WriteRawValue(metadata);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        PageLinks.Write(json, 1, 1, "", null);
        json.WriteEndObject();
    }

    /// <summary>Those for which somebody can register.</summary>
    /// <remarks>Source: docs.cronofy.com, "Bookable Events: Availability".</remarks>
    public static void WriteOpen(Utf8JsonWriter json, IReadOnlyList<BookableEventPlaces> open)
    {
        json.WriteStartObject();
        json.WriteStartArray("available_bookable_events");
        foreach (BookableEventPlaces one in open)
        {
            json.WriteStartObject();
            WriteTimes(json, one.Event);
            json.WriteStartObject("registration");
            WritePlaces(json, one.Event.Capacity, one.Registered);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, BookableEvent known)
    {
        json.WriteString("bookable_event_id", known.EventId);
        WireTimes.WriteMoment(json, Start, Instant.FromUnixTimeSeconds(known.Start));
        WireTimes.WriteMoment(json, End, Instant.FromUnixTimeSeconds(known.End));
    }

    private static void WritePlaces(Utf8JsonWriter json, int? capacity, int registered)
    {
        if (capacity is { } places)
        {
            json.WriteNumber("capacity", places);
        }
        else
        {
            json.WriteNull("capacity");
        }

        json.WriteNumber("registered_count", registered);
    }

    private static string WordOf(RegistrationStatus status) => status.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>Letters, digits, underscores and hyphens.</summary>
    public static string Id(RequestField field)
    {
        if (!field.Require() || field.Text(MaxId) is not { } id)
        {
            return "";
        }

        if (id.Length == 0 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            field.Fault(FieldKeys.InvalidFormat, "must be letters, digits, underscores and hyphens");
        }

        return id;
    }
}
