using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces.Grants;

namespace CalendarActors.Grains.Grants;

#pragma warning disable CA1822 // Not every member has reached its calendars yet.

/// <summary>What a grant answers about a person's schedule, and the writes that it passes on.</summary>
internal sealed class GrantSchedule
{
    public Task<GrantAnswer<EventPage>> ReadEvents(
        CheckedGrant grant, ScheduleQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<EventPage>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<EventPage>> ReadEventsPage(
        CheckedGrant grant, string cursor, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<EventPage>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusy(
        CheckedGrant grant, ScheduleQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<FreeBusyPage>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusyPage(
        CheckedGrant grant, string cursor, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<FreeBusyPage>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<Done>> UpsertEvent(
        CheckedGrant grant, string calendarId, string eventId, EventChange change, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<Done>.Of(GrantOutcome.Unavailable));

    public Task<GrantAnswer<Done>> DeleteEvent(
        CheckedGrant grant, string calendarId, string eventId, CancellationToken cancellationToken) =>
        Task.FromResult(GrantAnswer<Done>.Of(GrantOutcome.Unavailable));
}
