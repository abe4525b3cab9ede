using Google.Apis.Calendar.v3.Data;
using Google.Apis.Services;

namespace Google.Apis.Calendar.v3;

/// <summary>The "events" collection of methods.</summary>
public partial class EventsResource(IClientService service)
{
    /// <summary>Deletes an event.</summary>
    public virtual DeleteRequest Delete(string calendarId, string eventId) => new(service, calendarId, eventId);

    /// <summary>Returns an event based on its Google Calendar ID.</summary>
    public virtual GetRequest Get(string calendarId, string eventId) => new(service, calendarId, eventId);

    /// <summary>Creates an event.</summary>
    public virtual InsertRequest Insert(Event body, string calendarId) => new(service, body, calendarId);

    /// <summary>Returns events on the specified calendar.</summary>
    public virtual ListRequest List(string calendarId) => new(service, calendarId);

    /// <summary>Updates an event. This method supports patch semantics.</summary>
    public virtual PatchRequest Patch(Event body, string calendarId, string eventId) =>
        new(service, body, calendarId, eventId);

    /// <summary>Updates an event.</summary>
    public virtual UpdateRequest Update(Event body, string calendarId, string eventId) =>
        new(service, body, calendarId, eventId);

    /// <summary>Watch for changes to Events resources.</summary>
    public virtual WatchRequest Watch(Channel body, string calendarId) => new(service, body, calendarId);
}
