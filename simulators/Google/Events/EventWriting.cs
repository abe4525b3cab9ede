using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;

namespace CalendarActors.Simulators.Google.Events;

/// <summary><c>events.insert</c>, <c>patch</c>, <c>update</c> and <c>delete</c> (Calendar API reference, checked 2026-11).</summary>
internal sealed class EventWriting(GoogleState state)
{
    private readonly Conferences _conferences = new(state);
    private readonly List<SentUpdate> _sentUpdates = [];

    public IReadOnlyList<SentUpdate> SentUpdates => _sentUpdates;

    public StoredEvent Insert(GoogleCalendar calendar, WriteRequest request, JsonObject body)
    {
        JsonObject json = body.Copy();
        string id = json.Text("id") ?? state.Ids.Event();
        EventRules.CheckId(id);
        if (calendar.Events.Knows(id))
        {
            throw new GoogleProblemException(409, "duplicate", "The requested identifier already exists.");
        }

        foreach (string member in EventRules.ServerMembers)
        {
            json.Remove(member);
        }

        if (request.ConferenceVersion == 0)
        {
            json.Remove("conferenceData");
        }

        if (!request.SupportsAttachments)
        {
            json.Remove("attachments");
        }

        json["kind"] = "calendar#event";
        json["id"] = id;
        json["iCalUID"] ??= $"{id}@google.com";
        json["sequence"] ??= 0;
        json["created"] = state.Timestamp;
        json["htmlLink"] = $"https://www.google.com/calendar/event?eid={id}";
        json["creator"] = Person(request.Email);
        json["organizer"] = request.Method == "oracle" && body.Object("organizer") is { } somebody ? somebody.Copy()
            : calendar.IsPrimary ? Person(calendar.Owner)
            : new JsonObject { ["email"] = calendar.Id, ["displayName"] = calendar.Summary };
        EventRules.Complete(json, calendar);
        return Store(calendar, request, json, before: null);
    }

    public StoredEvent Patch(GoogleCalendar calendar, WriteRequest request, string id, JsonObject body)
    {
        StoredEvent before = Find(calendar, request, id);
        JsonObject patch = Writable(body, request, before);
        JsonObject json = before.Json.Copy();
        JsonReading.Merge(json, patch);
        return Change(calendar, request, json, before, body);
    }

    public StoredEvent Update(GoogleCalendar calendar, WriteRequest request, string id, JsonObject body)
    {
        StoredEvent before = Find(calendar, request, id);
        JsonObject json = Writable(body, request, before);
        foreach (string member in (string[])[.. EventRules.ServerMembers, "id", "iCalUID", "sequence", "eventType"])
        {
            if (before.Json[member] is { } kept)
            {
                json[member] ??= kept.DeepClone();
            }
        }

        if (request.ConferenceVersion == 0 && before.Json["conferenceData"] is { } conference)
        {
            json["conferenceData"] = conference.DeepClone();
        }

        if (!request.SupportsAttachments && before.Json["attachments"] is { } attachments)
        {
            json["attachments"] = attachments.DeepClone();
        }

        return Change(calendar, request, json, before, body);
    }

    public void Delete(GoogleCalendar calendar, WriteRequest request, string id)
    {
        StoredEvent before = Find(calendar, request, id);
        if (before.IsCancelled)
        {
            throw GoogleProblemException.Deleted;
        }

        Cancel(calendar, request, before);
    }

    /// <summary>Stores what became ready by itself since the last request.</summary>
    public void Settle()
    {
        foreach (var (calendar, json) in _conferences.TakeReady().ToList())
        {
            Append(calendar, json, isGone: false);
        }
    }

    private static StoredEvent Find(GoogleCalendar calendar, WriteRequest request, string id)
    {
        StoredEvent before = Instances.Find(calendar, id) ?? throw GoogleProblemException.NotFound;
        return request.IfMatch is not { } etag || etag == "*" || etag == before.Json.Text("etag")
            ? before
            : throw GoogleProblemException.ConditionNotMet;
    }

    // The client's members, without those that it has no say in.
    private static JsonObject Writable(JsonObject body, WriteRequest request, StoredEvent before)
    {
        if (body.Text("eventType") is { } type && type != (before.Json.Text("eventType") ?? "default"))
        {
            throw new GoogleProblemException(400, "eventTypeRestriction", "Event type cannot be changed.", "calendar");
        }

        JsonObject json = body.Copy();
        foreach (string member in (string[])[.. EventRules.ServerMembers, "id", "iCalUID", "sequence"])
        {
            json.Remove(member);
        }

        if (request.ConferenceVersion == 0)
        {
            json.Remove("conferenceData");
        }

        if (!request.SupportsAttachments)
        {
            json.Remove("attachments");
        }

        return json;
    }

    private StoredEvent Change(GoogleCalendar calendar, WriteRequest request, JsonObject json, StoredEvent before, JsonObject body)
    {
        int sequence = before.Json["sequence"]?.GetValue<int>() ?? 0;
        if (body["sequence"]?.GetValue<int>() < sequence)
        {
            throw GoogleProblemException.Invalid("Invalid sequence value. The specified sequence number is below the current sequence number of the resource.");
        }

        if (before.IsGone && json.Text("status") == "cancelled")
        {
            throw GoogleProblemException.Deleted;
        }

        if (json.Text("status") == "cancelled")
        {
            return Cancel(calendar, request, before);
        }

        EventRules.Complete(json, calendar);
        if (json["conferenceData"] is null)
        {
            json.Remove("hangoutLink");
        }

        bool isMoved = !Same(json, before.Json, "start") || !Same(json, before.Json, "end") || !Same(json, before.Json, "recurrence");
        json["sequence"] = isMoved ? sequence + 1 : sequence;
        StoredEvent stored = Store(calendar, request, json, before);
        if (isMoved && before.SeriesId is null)
        {
            DropExceptionsWithoutInstance(calendar, stored);
        }

        return stored;
    }

    private StoredEvent Cancel(GoogleCalendar calendar, WriteRequest request, StoredEvent before)
    {
        JsonObject json = before.Json.Copy();
        json["status"] = "cancelled";
        Note(calendar, request, before.Id);
        if (before.SeriesId is not null)
        {
            return Append(calendar, json, isGone: false);
        }

        StoredEvent gone = Append(calendar, json, isGone: true);
        foreach (StoredEvent exception in Exceptions(calendar, before.Id))
        {
            DropException(calendar, exception);
        }

        return gone;
    }

    private void DropExceptionsWithoutInstance(GoogleCalendar calendar, StoredEvent master)
    {
        foreach (StoredEvent exception in Exceptions(calendar, master.Id))
        {
            EventTime original = EventTime.Read(exception.Json.Object("originalStartTime")!, "start", calendar.Zone);
            if (!Series.IsSeries(master.Json) || Series.StartOf(master.Json, calendar.Zone, original.Suffix, original.At) is null)
            {
                DropException(calendar, exception);
            }
        }
    }

    private void DropException(GoogleCalendar calendar, StoredEvent exception)
    {
        JsonObject json = exception.Json.Copy();
        json["status"] = "cancelled";
        if (state.Options.DeletedSeriesListsExceptions)
        {
            Append(calendar, json, isGone: true);
        }
        else
        {
            calendar.Events.Append(exception.Id, null, state.Now, state.ReadLag);
        }
    }

    private static List<StoredEvent> Exceptions(GoogleCalendar calendar, string masterId) =>
        [.. calendar.Events.StateAt().Select(change => change.Value!).Where(item => item.SeriesId == masterId && !item.IsGone)];

    private StoredEvent Store(GoogleCalendar calendar, WriteRequest request, JsonObject json, StoredEvent? before)
    {
        _conferences.Ask(calendar, json, before);
        Note(calendar, request, json.Text("id")!);
        return Append(calendar, json, isGone: false);
    }

    private StoredEvent Append(GoogleCalendar calendar, JsonObject json, bool isGone)
    {
        json["etag"] = state.Ids.Etag();
        json["updated"] = state.Timestamp;
        var item = new StoredEvent(json, isGone);
        TimeSpan hidden = state.ReadLag + state.Channels.TellEventsChanged(calendar.Id);
        calendar.Events.Append(item.Id, item, state.Now, hidden);
        if (state.Options.SyncTokenChangesAtMost is { } changes)
        {
            calendar.Events.HonorOnlyTheLast(changes);
        }

        return item;
    }

    private void Note(GoogleCalendar calendar, WriteRequest request, string id) =>
        _sentUpdates.Add(new(calendar.Id, id, request.Method, request.SendUpdates));

    private JsonObject Person(string email)
    {
        var person = new JsonObject { ["email"] = email };
        if (state.Users.TryGetValue(email, out GoogleUser? user))
        {
            person["displayName"] = user.Name;
        }

        return person;
    }

    private static bool Same(JsonObject one, JsonObject other, string member) => JsonNode.DeepEquals(one[member], other[member]);
}
