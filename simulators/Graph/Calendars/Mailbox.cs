using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;

namespace CalendarActors.Simulators.Graph.Calendars;

/// <summary>One user's calendars. Guarded by the simulator's lock.</summary>
internal sealed class Mailbox(GraphUser user)
{
    private readonly List<CalendarFolder> _calendars = [];
    private long _version;

    public GraphUser User => user;

    public IReadOnlyList<CalendarFolder> Calendars => _calendars;

    public CalendarFolder Default => _calendars.First(calendar => calendar.IsDefault);

    /// <summary>Create calls by their transaction id: which event they made.</summary>
    public Dictionary<string, string> Transactions { get; } = new(StringComparer.Ordinal);

    /// <summary>True when a meeting that is declined leaves the calendar.</summary>
    public bool DropsDeclined { get; set; }

    public long NextVersion() => ++_version;

    public void Add(CalendarFolder calendar) => _calendars.Add(calendar);

    public void Remove(CalendarFolder calendar) => _calendars.Remove(calendar);

    public CalendarFolder Calendar(string? id) =>
        id is null ? Default : _calendars.Find(calendar => calendar.Id == id) ?? throw GraphFailure.NotFound();

    /// <summary>The newest version of an event by either of its ids; null when it is not in this calendar, or in none.</summary>
    public (CalendarFolder Calendar, StoredEvent Event)? Find(string id, string? calendarId = null)
    {
        foreach (CalendarFolder calendar in _calendars.Where(one => calendarId is null || one.Id == calendarId))
        {
            StoredEvent? found = calendar.Log.Find(id)
                ?? calendar.Log.StateAt().Select(static change => change.Value!).FirstOrDefault(one => one.MutableId == id);
            if (found is not null)
            {
                return (calendar, found);
            }
        }

        return null;
    }
}
