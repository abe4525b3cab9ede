using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Events;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>What a grant answers about a person's schedule.</summary>
/// <remarks>
/// 1. The scope must permit it. 2. The calendars are the person's. 3. The window is drawn in and, from the first page on,
/// frozen. 4. Every calendar is asked at once, for one entry more than a page holds. 5. Their lists are merged in the
/// order of <see cref="PagePosition"/>; what does not fit is behind the cursor.
/// </remarks>
internal sealed class GrantSchedule(IGrainFactory grains, PageCursors cursors, TimeProvider time)
{
    /// <summary>Entries on a page. The vendor names no number and its libraries cannot ask for one.</summary>
    public const int PageSize = 100;

    public Task<GrantAnswer<EventPage>> ReadEvents(
        CheckedGrant grant, ScheduleQuery query, CancellationToken cancellationToken) =>
        MayReadEvents(grant, query.Managed)
            ? First(grant, query, Events, cancellationToken)
            : Refused<EventPage>();

    public Task<GrantAnswer<EventPage>> ReadEventsPage(
        CheckedGrant grant, string cursor, CancellationToken cancellationToken)
    {
        if (!cursors.TryOpen(grant.GrantId, PageKind.Events, cursor, out PageCursor? opened))
        {
            return Task.FromResult(GrantAnswer<EventPage>.Of(GrantOutcome.NotFound));
        }

        return MayReadEvents(grant, opened.Query.Managed)
            ? Further(grant, opened, Events, cancellationToken)
            : Refused<EventPage>();
    }

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusy(
        CheckedGrant grant, ScheduleQuery query, CancellationToken cancellationToken) =>
        Scopes.Permits(grant.Scope, Scopes.ReadFreeBusy)
            ? First(grant, query, FreeBusy, cancellationToken)
            : Refused<FreeBusyPage>();

    public Task<GrantAnswer<FreeBusyPage>> ReadFreeBusyPage(
        CheckedGrant grant, string cursor, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.ReadFreeBusy))
        {
            return Refused<FreeBusyPage>();
        }

        return cursors.TryOpen(grant.GrantId, PageKind.FreeBusy, cursor, out PageCursor? opened)
            ? Further(grant, opened, FreeBusy, cancellationToken)
            : Task.FromResult(GrantAnswer<FreeBusyPage>.Of(GrantOutcome.NotFound));
    }

    /// <summary>An application may always read what it wrote itself; everything else takes leave to read events.</summary>
    private static bool MayReadEvents(CheckedGrant grant, ManagedEvents managed) =>
        Scopes.Permits(grant.Scope, Scopes.ReadEvents)
        || (managed is ManagedEvents.Only
            && (Scopes.Permits(grant.Scope, Scopes.CreateEvent) || Scopes.Permits(grant.Scope, Scopes.DeleteEvent)));

    private static Task<GrantAnswer<TPage>> Refused<TPage>()
        where TPage : class =>
        Task.FromResult(GrantAnswer<TPage>.Of(GrantOutcome.InsufficientScope));

    private async Task<GrantAnswer<TPage>> First<TPage>(
        CheckedGrant grant,
        ScheduleQuery query,
        Func<PageRequest, CancellationToken, Task<TPage>> read,
        CancellationToken cancellationToken)
        where TPage : class
    {
        GrantedCalendars calendars = grant.Person.Recall(time) ?? await CalendarsOf(grant, cancellationToken);
        if (!calendars.HaveAll(query.CalendarIds))
        {
            calendars = await CalendarsOf(grant, cancellationToken);
        }

        List<string> ids = calendars.Readable();
        if (!query.CalendarIds.IsEmpty)
        {
            if (!calendars.HaveAll(query.CalendarIds))
            {
                return GrantAnswer<TPage>.Invalid(
                    "calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
            }

            ids.RemoveAll(id => !query.CalendarIds.Contains(id, StringComparer.Ordinal));
        }

        ImmutableArray<long> tags = [.. query.CalendarIds.Select(PageCursor.TagOf)];
        return GrantAnswer<TPage>.Ok(await read(
            new PageRequest(grant, calendars, ids, Frozen(query), tags, After: null, Number: 1, Count: 0), cancellationToken));
    }

    private async Task<GrantAnswer<TPage>> Further<TPage>(
        CheckedGrant grant,
        PageCursor cursor,
        Func<PageRequest, CancellationToken, Task<TPage>> read,
        CancellationToken cancellationToken)
        where TPage : class
    {
        GrantedCalendars calendars = grant.Person.Recall(time) ?? await CalendarsOf(grant, cancellationToken);
        List<string> ids = calendars.Readable();
        if (!cursor.CalendarTags.IsEmpty)
        {
            ids.RemoveAll(id => !cursor.CalendarTags.Contains(PageCursor.TagOf(id)));
        }

        return GrantAnswer<TPage>.Ok(await read(
            new PageRequest(
                grant, calendars, ids, cursor.Query, cursor.CalendarTags, cursor.After, cursor.Number, cursor.Count),
            cancellationToken));
    }

    private async Task<GrantedCalendars> CalendarsOf(CheckedGrant grant, CancellationToken cancellationToken)
    {
        GrantedCalendars calendars = new(await grains.Person(grant.PersonId).View(cancellationToken));
        grant.Person.Keep(calendars, time);
        return calendars;
    }

    /// <summary>Managed events are listed whatever their date when no date is given; else the window holds for all.</summary>
    private ScheduleQuery Frozen(ScheduleQuery query)
    {
        if (query is { From: null, To: null, Managed: not ManagedEvents.Exclude })
        {
            return query with { CalendarIds = [] };
        }

        (Instant from, Instant to) = ScheduleWindow.Clamp(
            query.From,
            query.To,
            Instant.FromDateTimeOffset(time.GetUtcNow()),
            DateTimeZoneProviders.Tzdb[query.ZoneId]);
        return query with { From = from, To = to, CalendarIds = [] };
    }

    private async Task<EventPage> Events(PageRequest request, CancellationToken cancellationToken)
    {
        CalendarQuery query = request.ForCalendars();
        CalendarPage[] pages = request.IsEmpty ? [] : await Task.WhenAll(request.CalendarIds.Select(
            id => grains.Calendar(id).Read(query, cancellationToken)));
        (ImmutableArray<EventEntry> entries, bool hasMore) = MergedEntries.Take(
            [.. pages.Select(p => p.Entries)], PageSize, EntryOrder.OfEvents);
        int count = request.CountPages(pages.Sum(p => p.Total), hasMore);
        return new EventPage(
            entries,
            request.Number,
            count,
            hasMore ? Next(PageKind.Events, request, count, EntryOrder.PositionOf(entries[^1])) : null,
            request.Query.ZoneId,
            request.Query.Presentation,
            Permissions(request));
    }

    private async Task<FreeBusyPage> FreeBusy(PageRequest request, CancellationToken cancellationToken)
    {
        CalendarQuery query = request.ForCalendars();
        BusyPage[] pages = request.IsEmpty ? [] : await Task.WhenAll(request.CalendarIds.Select(
            id => grains.Calendar(id).ReadBusy(query, cancellationToken)));
        (ImmutableArray<BusyEntry> entries, bool hasMore) = MergedEntries.Take(
            [.. pages.Select(p => p.Entries)], PageSize, EntryOrder.OfBusyTimes);
        int count = request.CountPages(pages.Sum(p => p.Total), hasMore);
        return new FreeBusyPage(
            entries,
            request.Number,
            count,
            hasMore ? Next(PageKind.FreeBusy, request, count, EntryOrder.PositionOf(entries[^1])) : null,
            request.Query.ZoneId,
            request.Query.Presentation);
    }

    private string Next(PageKind kind, PageRequest request, int count, PagePosition after) => cursors.Close(
        request.Grant.GrantId, kind, new PageCursor(request.Query, request.CalendarTags, after, request.Number + 1, count));

    private static EventPermissions Permissions(PageRequest request) => new(
        request.Calendars.Addresses(),
        MayDelete: Scopes.Permits(request.Grant.Scope, Scopes.DeleteEvent),
        MayUpdate: Scopes.Permits(request.Grant.Scope, Scopes.CreateEvent),
        MayAnswer: Scopes.Permits(request.Grant.Scope, Scopes.ChangeParticipationStatus),
        request.Calendars.ReadOnly(),
        request.Calendars.Permissions(request.Grant.Unrestricted));
}
