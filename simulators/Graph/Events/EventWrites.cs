using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using NodaTime;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>What writes make of events.</summary>
internal sealed class EventWrites(Ids ids, TimeProvider time, Action<Mailbox, CalendarFolder, Instance, string, StoredEvent?> store)
{
    /// <summary>Creates an event. The same transaction id gives the event that it made before.</summary>
    public (Instance Instance, bool IsNew) Create(Mailbox mailbox, CalendarFolder calendar, JsonObject body, bool byOracle = false)
    {
        MustBeEditable(calendar, byOracle);
        string? transaction = (string?)body["transactionId"];
        if (transaction is not null && mailbox.Transactions.TryGetValue(transaction, out string? known)
            && mailbox.Find(known) is { } before)
        {
            return (Instance.Whole(before.Event), false);
        }

        JsonObject fields = EventFields.Merge([], body, byOracle);
        EventFields.SettleTimes(fields);
        AddMeeting(fields);
        DateTimeOffset now = time.GetUtcNow();
        var created = new StoredEvent(ids.Immutable(), ids.Mutable(), ids.Hex(32), mailbox.NextVersion(), now, now, fields);
        if (transaction is not null)
        {
            mailbox.Transactions[transaction] = created.Id;
        }

        Instance whole = Instance.Whole(created);
        store(mailbox, calendar, whole, "created", created);
        return (whole, true);
    }

    /// <summary>Changes an event, a series, or one day of a series.</summary>
    public Instance Update(Mailbox mailbox, CalendarFolder calendar, Instance old, JsonObject body, bool byOracle = false)
    {
        MustBeEditable(calendar, byOracle);
        StoredEvent stored = old.Date is { } date ? WithException(old, date, body, byOracle) : WithFields(old, body, byOracle);
        stored = stored with { Version = mailbox.NextVersion(), Modified = time.GetUtcNow() };
        Instance changed = old.Date is { } day ? Instance.On(stored, day) : Instance.Whole(stored);
        store(mailbox, calendar, changed, "updated", stored);
        return changed;
    }

    /// <summary>Deletes an event or a series, or cancels one day of a series.</summary>
    public void Delete(Mailbox mailbox, CalendarFolder calendar, Instance old, bool byOracle = false)
    {
        MustBeEditable(calendar, byOracle);
        StoredEvent? left = old.Date is { } date
            ? old.Event with
            {
                Cancelled = old.Event.Cancelled.Add(date),
                Exceptions = old.Event.Exceptions.Remove(date),
                Version = mailbox.NextVersion(),
                Modified = time.GetUtcNow(),
            }
            : null;
        store(mailbox, calendar, old, "deleted", left);
    }

    /// <summary>Puts an event into another calendar, which changes one of its two ids.</summary>
    public Instance Move(Mailbox mailbox, CalendarFolder from, CalendarFolder to, StoredEvent stored)
    {
        StoredEvent moved = stored with { MutableId = ids.Mutable(), Version = mailbox.NextVersion(), Modified = time.GetUtcNow() };
        store(mailbox, from, Instance.Whole(stored), "deleted", null);
        Instance whole = Instance.Whole(moved);
        store(mailbox, to, whole, "created", moved);
        return whole;
    }

    private static StoredEvent WithFields(Instance old, JsonObject body, bool byOracle)
    {
        JsonObject fields = EventFields.Merge(old.Fields, body, byOracle);
        if ((string?)fields["transactionId"] != (string?)old.Fields["transactionId"])
        {
            throw GraphFailure.Invalid("The transactionId of an event cannot be changed.");
        }

        EventFields.SettleTimes(fields);
        AddMeeting(fields);

        // Outlook forgets what was particular to single days when a series gets another rhythm or time.
        bool isOtherSeries = !JsonNode.DeepEquals(fields["recurrence"], old.Fields["recurrence"])
            || !JsonNode.DeepEquals(fields["start"], old.Fields["start"])
            || !JsonNode.DeepEquals(fields["end"], old.Fields["end"]);
        return isOtherSeries
            ? old.Event with { Fields = fields, Exceptions = old.Event.Exceptions.Clear(), Cancelled = [] }
            : old.Event with { Fields = fields };
    }

    private static StoredEvent WithException(Instance old, LocalDate date, JsonObject body, bool byOracle)
    {
        if (body["recurrence"] is not null)
        {
            throw new GraphFailure(400, "ErrorInvalidRequest", "The recurrence of an occurrence cannot be set.");
        }

        var whole = (JsonObject)old.Fields.DeepClone();
        whole["start"] = old.Start.ToJson();
        whole["end"] = old.End.ToJson();
        JsonObject merged = EventFields.Merge(whole, body, byOracle);
        EventFields.SettleTimes(merged);
        var own = new JsonObject();
        foreach (string name in merged.Select(static field => field.Key).Concat(old.Fields.Select(static field => field.Key)).Distinct(StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(merged[name], old.Event.Fields[name]))
            {
                own[name] = merged[name]?.DeepClone();
            }
        }

        // Kept even when equal to the series' own, so that the day stays where it is when the series moves by a patch.
        own["start"] = EventTime.Parse(merged["start"]).ToJson();
        own["end"] = EventTime.Parse(merged["end"]).ToJson();
        return old.Event with { Exceptions = old.Event.Exceptions.SetItem(date, own) };
    }

    private static void AddMeeting(JsonObject fields)
    {
        if ((bool?)fields["isOnlineMeeting"] == true && fields["onlineMeeting"] is null)
        {
            fields["onlineMeeting"] = new JsonObject
            {
                ["joinUrl"] = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_simulated%40thread.v2/0",
            };
            fields["onlineMeetingProvider"] ??= "teamsForBusiness";
        }
    }

    private static void MustBeEditable(CalendarFolder calendar, bool byOracle)
    {
        if (!calendar.CanEdit && !byOracle)
        {
            throw new GraphFailure(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }
    }
}
