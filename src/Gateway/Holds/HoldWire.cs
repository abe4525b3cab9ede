using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Schedules;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Holds;
using NodaTime;

namespace CalendarActors.Gateway.Holds;

/// <summary>Reads and shapes holds. They are this service's own: the vendor has none.</summary>
internal static class HoldWire
{
    private const int MaxText = 64;
    private const int MaxCalendars = 500;

    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText End = JsonEncodedText.Encode("end");
    private static readonly JsonEncodedText ExpiresAt = JsonEncodedText.Encode("expires_at");

    /// <summary>The request; only to be used when nothing was wrong.</summary>
    public static TakeHold Read(RequestField root, string clientId)
    {
        Stretch time = Moments.Period(root) ?? default;
        if (time.End - time.Start > AvailabilityLimits.DurationMinutes * 60L)
        {
            root["end"].Fault(FieldKeys.OutOfRange, $"must be at most {AvailabilityLimits.DurationMinutes} minutes after start");
        }

        int? seconds = root["seconds"].Integer();
        if (seconds is < 1 or > HoldRules.LongestSeconds)
        {
            root["seconds"].Fault(FieldKeys.OutOfRange, $"must be 1 to {HoldRules.LongestSeconds}");
        }

        return new TakeHold(
            clientId,
            root["hold_id"].IsGiven ? OwnId.Read(root["hold_id"]) : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            Members(root["participants"]),
            time.Start,
            time.End,
            seconds ?? HoldRules.DefaultSeconds);
    }

    public static void Write(Utf8JsonWriter json, HoldView hold)
    {
        json.WriteStartObject();
        json.WriteStartObject("hold");
        json.WriteString("hold_id", hold.HoldId);
        WireTimes.WriteMoment(json, Start, Instant.FromUnixTimeSeconds(hold.Start));
        WireTimes.WriteMoment(json, End, Instant.FromUnixTimeSeconds(hold.End));
        WireTimes.WriteMoment(json, ExpiresAt, Instant.FromUnixTimeSeconds(hold.ExpiresAt));
        json.WriteStartArray("participants");
        foreach (string sub in hold.Subs)
        {
            json.WriteStartObject();
            json.WriteString("sub", sub);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Says who is not free then.</summary>
    public static void WriteNotFree(Utf8JsonWriter json, string sub)
    {
        json.WriteStartObject();
        json.WriteString("error", "not_free");
        json.WriteString("error_description", "Nothing is held: this participant is busy then, or the time is held for somebody else.");
        json.WriteString("sub", sub);
        json.WriteEndObject();
    }

    private static ImmutableArray<HoldMember> Members(RequestField field)
    {
        if (!field.Require() || field.Items(HoldRules.Members) is not { } items)
        {
            return [];
        }

        if (items.Count == 0)
        {
            field.Fault(FieldKeys.Required, "must have at least one entry");
        }

        ImmutableArray<HoldMember> members = [.. items.Select(Member).OfType<HoldMember>()];
        if (members.DistinctBy(m => m.Sub, StringComparer.Ordinal).Count() != members.Length)
        {
            field.Fault(FieldKeys.InvalidFormat, "must name each account once");
        }

        return members;
    }

    private static HoldMember? Member(RequestField field)
    {
        if (!field.Require() || !field.ExpectObject())
        {
            return null;
        }

        string? sub = field["sub"].Require() ? field["sub"].Text(MaxText) : null;
        if (sub is not null && !GrainKeys.IsGrant(sub))
        {
            field["sub"].Fault(FieldKeys.NotRecognized, "this is no account of this application");
        }

        ImmutableArray<string> calendars = field["calendar_ids"].Items(MaxCalendars) is { } ids
            ? [.. ids.Select(id => id.Text(128)).OfType<string>()]
            : default;
        if (!calendars.IsDefault && !calendars.All(GrainKeys.IsCalendar))
        {
            field["calendar_ids"].Fault("errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        return sub is null ? null : new HoldMember(sub, calendars);
    }
}
