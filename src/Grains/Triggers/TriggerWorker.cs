using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Persons;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>Follows the events of a calendar and calls about them, outside the grain's turns.</summary>
/// <remarks>
/// 1 leave when nothing is left, 2 listen, 3 read the person's feed, 4 look at the events when the calendar changed or
/// something is due: ask the calendar, decide, hand the calls over, store; 5 let go of the feed, 6 set the net. What is
/// handed over and not stored is handed over again, which is the same call.
/// </remarks>
internal sealed class TriggerWorker(string triggerKey, TriggerRows rows, TriggerNet net, TriggerPost post, TriggerParts parts)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(20);

    // A timer cannot wait for longer than weeks.
    private static readonly Duration LongestWait = Duration.FromDays(1);

    private readonly string _calendarId = GrainKeys.CalendarOfTrigger(triggerKey);
    private bool _hasNews = true;
    private bool _mustLook = true;
    private long? _position;

    /// <summary>There may be something to read.</summary>
    public void Hear() => _hasNews = true;

    /// <summary>The events must be looked at, whatever the feed says.</summary>
    public void Look() => _mustLook = true;

    /// <summary>Works until nothing is due.</summary>
    /// <returns>When to run again; null when nothing waits.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && !rows.IsEnding && rows.State.Exists)
            {
                if (rows.State.Events.IsEmpty)
                {
                    await LeaveAsync(cancellationToken);
                }
                else if (!await RoundAsync(cancellationToken))
                {
                    Instant? next = NextDue();
                    await net.CoverAsync(next ?? Instant.MaxValue, cancellationToken);
                    if (!_hasNews && !_mustLook)
                    {
                        return next is { } due ? WaitFor(due) : null;
                    }
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            parts.Log.TriggerWorkerFailed(exception, triggerKey);
            _mustLook = true;
            return rows.IsEnding ? null : AfterFault;
        }

        return null;
    }

    /// <summary>False when there was nothing to do.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        if (!_hasNews && !_mustLook && !(NextDue() <= parts.Now))
        {
            return false;
        }

        string personId = rows.State.PersonId;
        IPersonGrain person = parts.Grains.Person(personId);
        bool isHeard = _hasNews || _position is null;
        if (isHeard)
        {
            _hasNews = false;
            await ReadAsync(person, cancellationToken);
        }

        PersonView view = await person.View(cancellationToken);
        if (_mustLook || NextDue() <= parts.Now || rows.State.Events.Any(e => !IsGranted(e, view)))
        {
            _mustLook = false;
            await LookAsync(personId, view, cancellationToken);
        }

        if (isHeard && _position is { } position)
        {
            await person.Seen(triggerKey, position, cancellationToken);
        }

        return true;
    }

    /// <summary>Reads on. The position is known in memory only: whoever forgot it reads again and looks, which is harmless.</summary>
    private async Task ReadAsync(IPersonGrain person, CancellationToken cancellationToken)
    {
        long position = _position ?? await person.Listen(triggerKey, cancellationToken);
        PersonFeed page;
        do
        {
            page = await person.Feed(position, cancellationToken);
            position = page.Entries.IsEmpty ? Math.Max(position, page.Last) : page.Entries[^1].Sequence;
            _mustLook |= page.Entries.Any(e => e.SourceId == _calendarId || e.Kind == NewsKind.CalendarsChanged);
        }
        while (position < page.Last);
        _position = position;
    }

    private async Task LookAsync(string personId, PersonView view, CancellationToken cancellationToken)
    {
        ImmutableArray<TriggeredEvent> granted = [.. rows.State.Events.Where(e => IsGranted(e, view))];
        IEnumerable<TriggerLook> lost = rows.State.Events.Where(e => !IsGranted(e, view)).Select(TriggerLook.Dropped).ToArray();
        CalendarTimes times = await parts.Grains.Calendar(_calendarId).Times(
            [.. granted.Select(e => new TimesQuery(e.ClientId, e.EventId, e.LooksFrom))], cancellationToken);
        Instant now = parts.Now;
        Dictionary<TriggeredEvent, TriggerLook> looks = lost
            .Concat(granted.Select((e, i) => times.IsConnected
                ? TriggerLook.At(triggerKey, e, times.Events[i], now)
                : TriggerLook.Dropped(e)))
            .ToDictionary(l => l.Before);
        await post.PostAsync(personId, looks.Values, cancellationToken);

        // Who subscribed meanwhile is looked at in the next round.
        await rows.ChangeAsync(state =>
        {
            ImmutableArray<TriggeredEvent> after =
                [.. state.Events.Select(e => looks.TryGetValue(e, out TriggerLook? look) ? look.After : e).OfType<TriggeredEvent>()];
            return ValueTask.FromResult<TriggerState?>(
                after.SequenceEqual(state.Events) ? null : state with { Events = after });
        });
    }

    /// <summary>Stops listening and takes the row and the net away.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await parts.Grains.Person(rows.State.PersonId).StopListening(triggerKey, cancellationToken);
        _position = null;
        await rows.ClearAsync(() => net.RemoveAsync(cancellationToken));
    }

    private TimeSpan WaitFor(Instant due) =>
        Duration.Max(Duration.Min(due - parts.Now, LongestWait), Duration.Zero).ToTimeSpan();

    private Instant? NextDue() => rows.State.Events
        .SelectMany(e => e.Transitions.Where(t => t.Progress.Armed is not null), (e, t) =>
            (Instant?)(t.Progress.Armed!.Due + TriggerParts.SpreadOf(triggerKey, e, t.Transition)))
        .Min();

    private static bool IsGranted(TriggeredEvent happened, PersonView view) =>
        view.Grants.Contains(happened.GrantId, StringComparer.Ordinal);
}
