using System.Collections.Immutable;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Providers;
using CalendarActors.Grains.Availability;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Availability;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Holds;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using CalendarActors.Grains.Sync;
using NodaTime;

namespace CalendarActors.Grains.Grants;

/// <summary>What a grant tells of when its person can be met.</summary>
/// <remarks>
/// 1. The scope must permit it. 2. What the application keeps for the person says when they can be met, and which calendars
/// count. 3. Calendars that were asked too long ago are asked now; then their schedule says when they are busy. Events to be
/// left out are looked for in the calendars themselves. 4. Constraints turn the application's own meetings into days that are full.
/// </remarks>
internal sealed class GrantAvailability(IGrainFactory grains, SyncParts parts, WeeklyHoursCache hours, TimeProvider time)
{
    public async Task<GrantAnswer<MemberTimes>> MemberTimes(
        CheckedGrant grant, MemberQuery query, CancellationToken cancellationToken)
    {
        // 1
        if (!Scopes.Permits(grant.Scope, Scopes.ReadFreeBusy) && !Scopes.Permits(grant.Scope, Scopes.ReadEvents))
        {
            return GrantAnswer<MemberTimes>.Of(GrantOutcome.InsufficientScope);
        }

        // 2
        OpenTimes? managed = query.IsManaged
            ? (await grant.Person.ManagedAsync(time, grains.ManagedAvailability(grant.GrantId))).Open(hours, query.RuleIds, query.From, query.To)
            : null;
        ImmutableArray<string> named = query.CalendarIds.IsDefault ? managed?.CalendarIds ?? default : query.CalendarIds;
        GrantedCalendars calendars = await CalendarsOf(grant, named, cancellationToken);
        if (!query.CalendarIds.IsDefault && !calendars.HaveAll(query.CalendarIds))
        {
            return GrantAnswer<MemberTimes>.Invalid(
                "calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
        }

        ImmutableArray<string> ids = Counted(calendars, named);

        // 3
        if (query.MaxStaleness is { } staleness)
        {
            Instant since = Instant.FromDateTimeOffset(time.GetUtcNow()) - Duration.FromSeconds(staleness);
            await Task.WhenAll(ids.Select(id => grains.Calendar(id).Freshen(since, TimeSpan.FromSeconds(query.MaxWait), cancellationToken)));
        }

        EventwiseRead events = new(grains, grant, calendars, parts.Window);
        PersonBusy busy = query.Excluded.IsEmpty
            ? await grains.Schedule(grant.PersonId).Busy(AskedOf(grant, query, ids), cancellationToken)
            : await events.BusyAsync(ids, query, cancellationToken);
        if (AreGone(named, ids) && (query.Free.IsDefault || !query.Free.Contains(Transparency.Unknown)))
        {
            busy = busy.WhereNothingIsKnown(new Stretch(query.From, query.To));
        }

        // 4
        Stretch asked = new(query.From, query.To);
        ImmutableArray<TimeSet> full = [.. query.Constraints.Select(c => ConstraintRules.Full(
            c, busy.Starts, asked, DateTimeZoneProviders.Tzdb[c.ZoneId]))];
        return GrantAnswer<MemberTimes>.Ok(new MemberTimes(
            OpenOf(query, managed),
            busy.Edges,
            TimeSet.Union(full).Edges,
            new MemberStatus(AreGone(named, ids) ? SyncState.Disconnected : await StateOf(calendars, ids, cancellationToken), query.WantsFreshness ? await AsOf(calendars, ids, cancellationToken) : null),
            query.Explained.IsDefault ? null : new MemberReasons(
                managed,
                busy.Known.IsDefault ? busy.Edges : busy.Known,
                busy.Held,
                [.. full.Select(f => f.Edges)],
                query.NamesEvents ? await events.EventsAsync(ids, query, cancellationToken) : [])));
    }

    /// <summary>Leave to keep some of the person's time: for those who may write a meeting there.</summary>
    public async Task<GrantAnswer<HoldLeave>> MayHold(
        CheckedGrant grant, ImmutableArray<string> calendarIds, CancellationToken cancellationToken)
    {
        if (!Scopes.Permits(grant.Scope, Scopes.CreateEvent))
        {
            return GrantAnswer<HoldLeave>.Of(GrantOutcome.InsufficientScope);
        }

        // Asked anew: to keep time is a write.
        GrantedCalendars calendars = await AskCalendarsAsync(grant, cancellationToken);
        ImmutableArray<string> ids = Counted(calendars, calendarIds);
        return (calendarIds.IsDefault || calendars.HaveAll(calendarIds)) && !AreGone(calendarIds, ids)
            ? GrantAnswer<HoldLeave>.Ok(new HoldLeave(grant.PersonId, ids))
            : GrantAnswer<HoldLeave>.Invalid("calendar_ids", "errors.invalid_calendar_ids", "One or more of the calendar IDs provided was invalid");
    }

    /// <summary>The calendars that keep the person busy: those that were named, or all.</summary>
    private static ImmutableArray<string> Counted(GrantedCalendars calendars, ImmutableArray<string> named) =>
        [.. calendars.Readable().Where(id => named.IsDefault || named.Contains(id, StringComparer.Ordinal))];

    /// <summary>True when none is left of those that were named: what they would say is not known.</summary>
    private static bool AreGone(ImmutableArray<string> named, ImmutableArray<string> ids) => !named.IsDefaultOrEmpty && ids.IsEmpty;

    private static BusyQuery AskedOf(CheckedGrant grant, MemberQuery query, ImmutableArray<string> ids) => new(
        ids, query.From, query.To, query.Free, query.Constraints.IsEmpty ? null : grant.ClientId);

    private static ImmutableArray<long> OpenOf(MemberQuery query, OpenTimes? managed) => (query.Periods, managed) switch
    {
        ({ IsDefault: true }, null) => default,
        ({ IsDefault: true }, { } only) => only.Edges,
        (_, null) => query.Periods,
        _ => TimeSet.OfEdges(query.Periods).Intersect(TimeSet.OfEdges(managed.Edges)).Edges,
    };

    // A login whose calendars were all read once tells of it a moment later than they could: the calendars know.
    private async Task<SyncState> StateOf(GrantedCalendars calendars, ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        ConnectionSummary[] connections = [.. ids.Select(id => calendars.Find(id)!.Value.Connection)];
        if (calendars.HasNoProfile || connections.Any(c => c.State is not ConnectionState.Connected))
        {
            return SyncState.Disconnected;
        }

        CalendarStatus[] doubtful = await Task.WhenAll(ids
            .Where((_, i) => connections[i].InitialSyncRequired)
            .Select(id => grains.Calendar(id).Status(cancellationToken)));
        return doubtful.Any(s => s.Generation == 0) ? SyncState.Pending : SyncState.Active;
    }

    private async Task<GrantedCalendars> CalendarsOf(
        CheckedGrant grant, ImmutableArray<string> named, CancellationToken cancellationToken)
    {
        if (grant.Person.Recall(time) is { } known && (named.IsDefault || known.HaveAll(named)))
        {
            return known;
        }

        return await AskCalendarsAsync(grant, cancellationToken);
    }

    private async Task<GrantedCalendars> AskCalendarsAsync(CheckedGrant grant, CancellationToken cancellationToken)
    {
        GrantedCalendars calendars = new(await grains.Person(grant.PersonId).View(cancellationToken));
        grant.Person.Keep(calendars, time);
        return calendars;
    }

    /// <summary>Of the calendar asked longest ago. One that has no remote side is always as it is.</summary>
    private async Task<long?> AsOf(GrantedCalendars calendars, ImmutableArray<string> ids, CancellationToken cancellationToken)
    {
        Instant now = Instant.FromDateTimeOffset(time.GetUtcNow());
        CalendarStatus[] statuses = await Task.WhenAll(ids
            .Where(id => calendars.Find(id)!.Value.Connection.ProviderName != ProviderNames.Native)
            .Select(id => grains.Calendar(id).Status(cancellationToken)));
        return statuses.Any(s => s.LastSynced is null)
            ? null
            : statuses.Select(s => s.LastSynced!.Value).Append(now).Min().ToUnixTimeSeconds();
    }
}
