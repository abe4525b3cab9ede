using System.Collections.Immutable;
using System.Text.Json;
using CalendarActors.Domain.Availability;
using CalendarActors.Gateway.FreeBusy;
using CalendarActors.Gateway.Wire;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Gateway.Availability;

/// <summary>Shapes the times at which people can meet. Always in UTC and whole seconds, which is all that one library reads.</summary>
internal static class AvailabilityAnswerWire
{
    private static readonly JsonEncodedText Periods = JsonEncodedText.Encode("available_periods");
    private static readonly JsonEncodedText Slots = JsonEncodedText.Encode("available_slots");
    private static readonly JsonEncodedText Start = JsonEncodedText.Encode("start");
    private static readonly JsonEncodedText End = JsonEncodedText.Encode("end");
    private static readonly JsonEncodedText Participants = JsonEncodedText.Encode("participants");
    private static readonly JsonEncodedText Sub = JsonEncodedText.Encode("sub");

    public static void Write(Utf8JsonWriter json, AnsweredQuestion answered)
    {
        (AvailabilityRequest asked, AvailabilityAnswer answer, bool asPeriods, bool withStatuses) = answered;
        json.WriteStartObject();
        json.WriteStartArray(asPeriods ? Periods : Slots);
        foreach (MeetingTime time in answer.Times)
        {
            json.WriteStartObject();
            WriteTime(json, asked.Members, time);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (withStatuses)
        {
            WriteStatuses(json, asked.Members, answer.Statuses);
        }

        if (!asked.Explained.IsEmpty)
        {
            WriteExplanations(json, asked.Members, answer.Explanations);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the sequences of an answer.</summary>
    public static void Write(Utf8JsonWriter json, AnsweredSequence answered)
    {
        json.WriteStartObject();
        json.WriteStartArray("sequences");
        foreach (FoundSequence sequence in answered.Answer.Sequences)
        {
            json.WriteStartObject();
            json.WriteStartArray("sequence");
            foreach (FoundSlot slot in sequence.Slots)
            {
                json.WriteStartObject();
                json.WritePropertyName("sequence_id");
                json.WriteRawValue(answered.Ids[slot.Step]);
                WriteTime(json, answered.Asked.Members, slot.Time);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (answered.Answer.IsTruncated)
        {
            json.WriteBoolean("truncated", true);
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, ImmutableArray<AvailabilityMember> members, MeetingTime time)
    {
        WriteMoment(json, Start, time.Start);
        WriteMoment(json, End, time.End);
        WriteParticipants(json, members, time.Members);
    }

    private static void WriteParticipants(Utf8JsonWriter json, ImmutableArray<AvailabilityMember> members, ImmutableArray<int> here)
    {
        json.WriteStartArray(Participants);
        for (int i = 0; i < here.Length; i++)
        {
            string sub = members[here[i]].Sub;
            if (!IsNamedBefore(members, here, i, sub))
            {
                json.WriteStartObject();
                json.WriteString(Sub, sub);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    // Somebody who is asked about in two ways is two members and one participant.
    private static bool IsNamedBefore(ImmutableArray<AvailabilityMember> members, ImmutableArray<int> here, int place, string sub)
    {
        for (int i = 0; i < place; i++)
        {
            if (members[here[i]].Sub == sub)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteStatuses(
        Utf8JsonWriter json, ImmutableArray<AvailabilityMember> members, ImmutableArray<MemberStatus> statuses)
    {
        json.WriteStartArray("member_statuses");
        foreach (IGrouping<string, MemberStatus> of in members.Zip(statuses).GroupBy(p => p.First.Sub, p => p.Second, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString(Sub, of.Key);
            json.WriteString("sync_status", of.Max(s => s.State) switch
            {
                SyncState.Active => "active",
                SyncState.Pending => "pending",
                _ => "disconnected",
            });
            if (of.All(s => s.AsOf is not null))
            {
                WriteMoment(json, JsonEncodedText.Encode("as_of"), of.Min(s => s.AsOf!.Value));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExplanations(
        Utf8JsonWriter json, ImmutableArray<AvailabilityMember> members, ImmutableArray<StartExplanation> explanations)
    {
        json.WriteStartArray("explanations");
        foreach (StartExplanation explanation in explanations)
        {
            json.WriteStartObject();
            WriteMoment(json, Start, explanation.Start);
            json.WriteBoolean("available", explanation.IsOffered);
            json.WriteStartArray("reasons");
            foreach (StartObstacle obstacle in explanation.Obstacles)
            {
                json.WriteStartObject();
                json.WriteString("reason", WordOf(obstacle.Kind));
                if (obstacle.Member is { } member)
                {
                    json.WriteString(Sub, members[member].Sub);
                }

                if (obstacle is { From: { } from, To: { } to })
                {
                    WriteMoment(json, Start, from);
                    WriteMoment(json, End, to);
                }

                WriteCause(json, obstacle);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCause(Utf8JsonWriter json, StartObstacle obstacle)
    {
        if (obstacle.Field is { } field)
        {
            json.WriteString("field", field);
        }

        if (!obstacle.RuleIds.IsDefault)
        {
            json.WriteStartArray("availability_rule_ids");
            foreach (string ruleId in obstacle.RuleIds)
            {
                json.WriteStringValue(ruleId);
            }

            json.WriteEndArray();
        }

        if (obstacle.Events is { IsDefaultOrEmpty: false } events)
        {
            json.WriteStartArray("events");
            foreach (BusyEntry entry in events)
            {
                FreeBusyWire.WriteEntry(json, entry, zone: null, withIds: true);
            }

            json.WriteEndArray();
        }
    }

    private static string WordOf(ObstacleKind kind) => kind switch
    {
        ObstacleKind.Busy => "busy",
        ObstacleKind.Buffer => "buffer",
        ObstacleKind.OutsidePeriods or ObstacleKind.OutsideManaged => "outside_hours",
        ObstacleKind.Full => "limit_reached",
        ObstacleKind.Unknown => "unknown",
        ObstacleKind.Held => "held",
        _ => "not_queried",
    };

    private static void WriteMoment(Utf8JsonWriter json, JsonEncodedText name, long second) =>
        WireTimes.WriteMoment(json, name, Instant.FromUnixTimeSeconds(second));
}
