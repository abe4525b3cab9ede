using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Grants;

/// <summary>The calendars that a grant reaches: its person's, and nobody else's.</summary>
internal sealed class GrantedCalendars(PersonView person)
{
    /// <summary>A calendar and the profile it belongs to; null when the person has none of that id.</summary>
    public (ConnectionSummary Connection, CalendarSummary Calendar)? Find(string calendarId)
    {
        foreach (ConnectionSummary connection in Connections)
        {
            foreach (CalendarSummary calendar in connection.Calendars)
            {
                if (calendar.CalendarId == calendarId)
                {
                    return (connection, calendar);
                }
            }
        }

        return null;
    }

    /// <summary>True when the person has connected nothing, or taken all of it away.</summary>
    public bool HasNoProfile => !Connections.Any();

    /// <summary>True when all of these are the person's.</summary>
    public bool HaveAll(ImmutableArray<string> calendarIds)
    {
        foreach (string id in calendarIds)
        {
            if (Find(id) is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A profile; null when the person has none of that id.</summary>
    public ConnectionSummary? Profile(string connectionId) =>
        Connections.FirstOrDefault(c => c.ConnectionId == connectionId);

    /// <summary>Ids of the calendars to read: those of a login that broke are still cached, deleted ones are not.</summary>
    public List<string> Readable()
    {
        List<string> ids = [];
        foreach (ConnectionSummary connection in Connections)
        {
            foreach (CalendarSummary calendar in connection.Calendars)
            {
                if (!calendar.IsDeleted)
                {
                    ids.Add(calendar.CalendarId);
                }
            }
        }

        return ids;
    }

    /// <summary>Ids of the calendars that nothing can be written to.</summary>
    public ImmutableArray<string> ReadOnly() =>
        [.. Connections.SelectMany(c => c.Calendars).Where(c => c.IsReadOnly).Select(c => c.CalendarId)];

    /// <summary>The person's own mail addresses, as far as their profiles tell.</summary>
    public ImmutableArray<string> Addresses() =>
        [.. Connections.SelectMany(c => c.Addresses()).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What an application may do in each calendar that takes writes.</summary>
    /// <param name="unrestricted">Calendars in which it may change what it did not make.</param>
    public ImmutableArray<CalendarReach> Permissions(ImmutableArray<string> unrestricted) =>
    [
        .. from connection in Connections
           let addresses = connection.Addresses()
           from calendar in connection.Calendars
           where calendar is { IsReadOnly: false, IsDeleted: false }
           select new CalendarReach(calendar.CalendarId, unrestricted.Contains(calendar.CalendarId, StringComparer.Ordinal), addresses),
    ];

    private IEnumerable<ConnectionSummary> Connections =>
        person.Connections.Where(c => c.State is not ConnectionState.Revoked);
}
