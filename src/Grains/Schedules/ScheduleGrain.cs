using System.Collections.Immutable;
using CalendarActors.Domain.Availability;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Schedules;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Schedules;
using NodaTime;

namespace CalendarActors.Grains.Schedules;

/// <summary>One person's busy times, as their calendars told them, and what of their time is held.</summary>
/// <remarks>
/// A calendar says that it changed before it answers for a write, and before it tells anybody of what it pulled; what it
/// told is then asked for anew by the next question. Should a silo be lost in between, what is kept is asked for anew
/// after <see cref="Lease"/> anyway. Interleaving: questions, which change nothing; one that waits for a calendar holds up no
/// other. Holds are taken in turns of their own, stored before they are answered for, and seen by every later question.
/// </remarks>
[GrainType("schedule")]
internal sealed class ScheduleGrain(
    [PersistentState(StorageNames.ScheduleHolds, StorageNames.Provider)] IPersistentState<ScheduleHoldsState> state,
    TimeProvider time) : Grain, IScheduleGrain
{
    /// <summary>How long what a calendar told is good without a word of it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>How long a meeting may take to be written for which time is held.</summary>
    private static readonly Duration Writing = Duration.FromMinutes(1);

    private readonly Dictionary<string, CachedAnswer<CachedBusyTimes>> _cached = new(StringComparer.Ordinal);
    private ImmutableArray<Hold> _holds = [];

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _holds = state.State.Holds;
        return Task.CompletedTask;
    }

    public async Task<PersonBusy> Busy(BusyQuery query, CancellationToken cancellationToken)
    {
        (TimeSet known, TimeSet unknown, ImmutableArray<long> starts) = await CalendarsAsync(query);
        return PersonBusy.Of(
            known, HoldRules.Kept(_holds, Now).Overlapping(new Stretch(query.From, query.To)), unknown, starts);
    }

    public Task Changed(string calendarId, CancellationToken cancellationToken)
    {
        if (_cached.TryGetValue(calendarId, out CachedAnswer<CachedBusyTimes>? cached))
        {
            cached.Forget();
        }

        return Task.CompletedTask;
    }

    public async Task<HoldOutcome> Hold(HoldTime request, CancellationToken cancellationToken)
    {
        (TimeSet known, TimeSet unknown, _) = await CalendarsAsync(
            new BusyQuery(request.CalendarIds, request.Start, request.End, [], null));
        (HoldOutcome outcome, ImmutableArray<Hold> next) = HoldRules.Take(
            _holds,
            new Hold(
                request.HoldKey,
                request.ClientId,
                new Stretch(request.Start, request.End),
                Instant.FromUnixTimeSeconds(request.ExpiresAt)),
            TimeSet.Union([known, unknown]),
            Now);
        await WriteAsync(next);
        return outcome;
    }

    public Task ReleaseHold(string holdKey, string clientId, CancellationToken cancellationToken) =>
        WriteAsync(HoldRules.Release(_holds, holdKey, clientId, Now));

    public Task Settle(string holdKey, string clientId, CancellationToken cancellationToken) =>
        WriteAsync(HoldRules.Settle(HoldRules.Live(_holds, Now), holdKey, clientId));

    public Task Reopen(string holdKey, string clientId, CancellationToken cancellationToken) =>
        WriteAsync(HoldRules.Reopen(HoldRules.Live(_holds, Now), holdKey, clientId));

    public Task<bool> Confirm(string holdKey, string clientId, long? start, long? end, CancellationToken cancellationToken) =>
        ConfirmFor(holdKey, clientId, start, end, meeting: null, cancellationToken);

    public async Task<bool> ConfirmFor(
        string holdKey, string clientId, long? start, long? end, string? meeting, CancellationToken cancellationToken)
    {
        Stretch? of = start is { } from && end is { } to ? new Stretch(from, to) : null;
        ImmutableArray<Hold> next = HoldRules.Confirm(_holds, holdKey, clientId, meeting, of, Now + Writing, Now);
        if (next.IsDefault)
        {
            return false;
        }

        await WriteAsync(next);
        return true;
    }

    private async Task<(TimeSet Known, TimeSet Unknown, ImmutableArray<long> Starts)> CalendarsAsync(BusyQuery query)
    {
        Stretch asked = new(query.From, query.To);
        List<TimeSet> known = [];
        List<TimeSet> unknown = [];
        List<long> starts = [];
        foreach (Task<CachedBusyTimes> telling in query.CalendarIds.Select(TimesOf).ToArray())
        {
            CachedBusyTimes times = await telling;
            foreach (CachedBusyKind kind in times.Kinds)
            {
                if (query.Free.IsDefaultOrEmpty || !query.Free.Contains(kind.Transparency))
                {
                    (kind.Transparency is Transparency.Unknown ? unknown : known).Add(kind.Times.Overlapping(asked));
                }
            }

            if (query.OwnerOf is { } client)
            {
                starts.AddRange(times.StartsOf(client));
            }
        }

        return (TimeSet.Union(known), TimeSet.Union(unknown), [.. starts]);
    }

    private async Task WriteAsync(ImmutableArray<Hold> next)
    {
        if (next.AsSpan().SequenceEqual(_holds.AsSpan()))
        {
            return;
        }

        await (next.IsEmpty
            ? state.ClearOrEndAsync(DeactivateOnIdle)
            : state.CommitAsync(new ScheduleHoldsState { Holds = next }, DeactivateOnIdle, CancellationToken.None));
        _holds = next;
    }

    private Task<CachedBusyTimes> TimesOf(string calendarId)
    {
        if (!_cached.TryGetValue(calendarId, out CachedAnswer<CachedBusyTimes>? cached))
        {
            _cached[calendarId] = cached = new CachedAnswer<CachedBusyTimes>(time, async () =>
                new CachedBusyTimes(await GrainFactory.Calendar(calendarId).BusyTimes(CancellationToken.None)));
        }

        return cached.GetAsync(Lease);
    }
}
