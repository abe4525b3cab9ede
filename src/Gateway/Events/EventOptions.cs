using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Gateway.Events;

/// <summary>What an application may do to one event: a promise, so it is decided as the write itself is.</summary>
/// <param name="Delete">The event may be deleted.</param>
/// <param name="Update">The event may be changed.</param>
/// <param name="Answer">The invitation may be answered.</param>
internal readonly record struct EventOptions(bool Delete, bool Update, bool Answer)
{
    public static EventOptions Of(EventEntry entry, EventPermissions permissions)
    {
        if (entry.IsDeleted)
        {
            return default;
        }

        if (entry.EventId is not null)
        {
            bool isWritable = !permissions.ReadOnlyCalendars.Contains(entry.CalendarId, StringComparer.Ordinal);
            return new EventOptions(isWritable && permissions.MayDelete, isWritable && permissions.MayUpdate, Answer: false);
        }

        if (entry.SeriesId is not null || Find(permissions, entry.CalendarId) is not { } calendar)
        {
            return default;
        }

        bool isOwn = calendar.IsUnrestricted && ExternalRules.IsOrganizer(entry.Content, calendar.Addresses);
        return new EventOptions(
            isOwn && permissions.MayDelete,
            isOwn && permissions.MayUpdate,
            permissions.MayAnswer && ExternalRules.InvitedAs(entry.Content, calendar.Addresses) is not null);
    }

    // A calendar that takes no writes is not listed.
    private static CalendarReach? Find(EventPermissions permissions, string calendarId)
    {
        if (permissions.Calendars.IsDefault)
        {
            return null;
        }

        foreach (CalendarReach calendar in permissions.Calendars)
        {
            if (calendar.CalendarId == calendarId)
            {
                return calendar;
            }
        }

        return null;
    }
}
