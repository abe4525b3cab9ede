using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Connections;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Keeps one calendar equal, outside the turns of its grain. One round at a time.</summary>
/// <remarks>
/// A round: (1) is anything due; (2) borrow the login; (3) tend the watch; (4) pump writes; (5) pull; (6) compare, when it
/// is time. What readers see differently is told after each of the last three. Pulls follow writes in the same round, so a pull never runs
/// beside a write of ours and each later one was begun later. A pull follows a new watch likewise, so nothing falls between the last pull and the first notification.
/// </remarks>
internal sealed class CalendarWorker(CalendarCopy copy, ScheduleNotice notice, SyncParts parts)
{
    // How stale the stored time of the last pull may be: it is only there to skip ticks after a restart.
    private static readonly Duration SyncedPrecision = Duration.FromMinutes(15);

    private static readonly Duration SecondLookAfter = Duration.FromSeconds(10);

    private readonly CalendarPull _pull = new(copy, parts);
    private readonly CalendarPump _pump = new(copy, parts);
    private readonly WatchKeeper _watch = new(new WatchedCalendar(copy, parts), parts);
    private readonly CalendarAnnouncer _announcer = new(copy, notice, parts);
    private readonly HintEcho _echo = new();
    private readonly List<(Instant Since, TaskCompletionSource Seen)> _waiting = [];
    private long _hints;
    private long _hintsPulled;
    private Instant? _lastSynced = copy.Rows.Meta.LastSynced;
    private Instant? _secondLook;

    // While there was no activation, perhaps nobody was there who could be told: the first look does not trust the watch.
    private bool _hasLooked;

    /// <summary>When the last successful pull began; null before the first.</summary>
    public Instant? LastSynced => _lastSynced;

    /// <summary>How long the last change that we were told of took to be seen here.</summary>
    public Duration? Lag => _echo.Lag;

    /// <summary>Whether the provider tells us of changes.</summary>
    public WatchKeeper Watch => _watch;

    private bool IsDirty => _hints > _hintsPulled;

    /// <summary>A pull that has not begun yet will be begun.</summary>
    public void MarkDirty() => _hints++;

    /// <summary>The provider told us of a change.</summary>
    public void Hinted()
    {
        _echo.Hinted(parts.Now);
        MarkDirty();
    }

    /// <summary>Returns once a pull that began then or later has succeeded, or after the wait.</summary>
    public async Task FreshenAsync(Instant since, TimeSpan wait, Action kick)
    {
        if (_lastSynced >= since)
        {
            return;
        }

        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((since, seen));
        MarkDirty();
        kick();
        try
        {
            await seen.Task.WaitAsync(wait, parts.Time);
        }
        catch (TimeoutException)
        {
            // Whoever asks learns how old what there is is.
        }
        finally
        {
            _waiting.RemoveAll(w => w.Seen == seen);
        }
    }

    /// <summary>Works until nothing is due.</summary>
    /// <returns>When to run again; null when the calendar has no remote side or is suspended, and nothing is to be told.</returns>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        if (copy.Rows.Outbox.DirtySince is not null && _hints == 0)
        {
            MarkDirty();
        }

        while (!cancellationToken.IsCancellationRequested && !copy.Rows.IsEnding)
        {
            await _announcer.RunAsync(cancellationToken);
            (Instant? due, Instant? telling) = (NextDue(), _announcer.NextDue);

            // Read after them: what is due at once is due by now.
            Instant now = parts.Now;
            if (due <= now)
            {
                await RoundAsync(cancellationToken);
            }
            else if (Earliest(due, telling) is { } next && next > now)
            {
                return (next - now).ToTimeSpan();
            }
            else if (telling is null)
            {
                return null;
            }
        }

        return null;
    }

    private static Instant? Earliest(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Min(a, b) : one ?? other;

    private Instant? NextDue()
    {
        if (copy.Connected is not { } connected || copy.Rows.Meta.IsSuspended
            || parts.Catalog.Find(connected.ProviderName) is not { HasRemote: true })
        {
            return null;
        }

        Instant now = parts.Now;
        Instant due = Instant.Min(PollDue(now), ReconcileDue(now));
        due = _watch.NextDue is { } tend ? Instant.Min(due, tend) : due;
        due = _echo.NextLook is { } again ? Instant.Min(due, again) : due;
        due = IsDirty ? now : due;
        due = _pump.NextDue is { } write ? Instant.Min(due, write) : due;
        due = _secondLook is { } look ? Instant.Max(look, now) : due;
        return copy.Rows.Meta.NotBefore is { } notBefore ? Instant.Max(due, notBefore) : due;
    }

    private Instant PollDue(Instant now) => _lastSynced is { } last
        ? last + Duration.FromTimeSpan(Chance.Jitter(
            _hasLooked && _watch.IsLive && !_echo.IsDeaf ? parts.Options.WatchedPollInterval : parts.Options.PollInterval,
            copy.CalendarId,
            last.ToUnixTimeSeconds()))
        : now;

    private Instant ReconcileDue(Instant now)
    {
        if (copy.Rows.Schedule.Generation == 0)
        {
            return Instant.MaxValue;
        }

        Instant? expired = copy.Rows.Outbox.Intents
            .Where(i => i.Guard is not null)
            .Select(i => (Instant?)(i.Guard!.Taken + ComparisonRules.GuardLife))
            .Min();
        Instant due = (copy.Rows.Meta.LastReconciled ?? now)
            + Duration.FromTimeSpan(Chance.Jitter(
                _watch.IsLive ? parts.Options.WatchedReconcileInterval : parts.Options.ReconcileInterval, copy.CalendarId, salt: 1));
        return expired is { } e ? Instant.Min(due, e) : due;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        string provider = copy.Connected!.ProviderName;
        ProviderFault? fault;
        AccessLease? lease = null;
        long taken = _pump.Taken;
        try
        {
            using IDisposable place = await parts.Lanes.EnterAsync(provider, cancellationToken);
            lease = await Connection.Borrow(cancellationToken);
            try
            {
                fault = await WithLeaseAsync(parts.Catalog.Find(provider)!, lease, cancellationToken);
            }
            finally
            {
                await Connection.Return(lease.Place, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A bug, a lost silo or a storage failure: whatever it is, it must not become a tight loop.
            parts.Log.WorkerFailed(exception, copy.CalendarId);
            if (copy.Rows.IsEnding)
            {
                return;
            }

            fault = new ProviderFault(ProviderFaultKind.Transient, "The worker failed; see the log.");
        }

        if (fault is not null)
        {
            await NoteAsync(fault, lease, isFirst: _pump.Taken > taken, cancellationToken);
        }
    }

    private IConnectionGrain Connection => parts.Grains.GetGrain<IConnectionGrain>(copy.Connected!.ConnectionId);

    private async Task<ProviderFault?> WithLeaseAsync(
        ICalendarProvider provider, AccessLease lease, CancellationToken cancellationToken)
    {
        if (lease.Place == 0)
        {
            return new ProviderFault(ProviderFaultKind.Transient, "Too many calendars of this login are at work.", lease.NotBefore);
        }

        if (lease.State != ConnectionState.Connected || lease.Access is null)
        {
            // The connection tells us when to stop; until it does, look again now and then.
            return new ProviderFault(ProviderFaultKind.Transient, "There is no login to borrow.", lease.NotBefore);
        }

        if (lease.NotBefore > parts.Now)
        {
            return new ProviderFault(ProviderFaultKind.Throttled, "The provider asked to be left alone.", lease.NotBefore);
        }

        if (await SealedAccess.OpenAsync(parts.Vault, copy.Connected!.ConnectionId, lease.Access, cancellationToken) is not { } access)
        {
            return new ProviderFault(ProviderFaultKind.Rejected, "The person's key is gone.");
        }

        access = lease.Addresses.IsDefault ? access : access with { Addresses = lease.Addresses };
        if (_watch.NextDue <= parts.Now && await _watch.TendAsync(access, cancellationToken))
        {
            MarkDirty();
        }

        if (_pump.IsDue(parts.Now))
        {
            MarkDirty();
            if (await _pump.ApplyAsync(provider, access, cancellationToken) is { } writeFault)
            {
                return writeFault;
            }

            await _announcer.TellAsync(cancellationToken);
        }

        Instant now = parts.Now;
        if (IsDirty || _secondLook <= now || _echo.NextLook <= now || PollDue(now) <= now)
        {
            if (await PullAsync(provider, access, cancellationToken) is { } pullFault)
            {
                return pullFault;
            }
        }

        return _secondLook is null && ReconcileDue(now) <= now
            ? await ReconcileAsync(provider, access, cancellationToken)
            : null;
    }

    private async Task<ProviderFault?> PullAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        Instant began = parts.Now;
        long hints = _hints;
        long version = copy.Rows.Schedule.Version;
        bool isPoll = _hasLooked && !IsDirty && _echo.NextLook is null && _secondLook is null && _watch.IsLive;
        _echo.Looking();
        int generation = copy.Rows.Schedule.Generation;
        if (await _pull.PullAsync(provider, access, cancellationToken) is { } fault)
        {
            return fault;
        }

        // Before the outbox is written next: then that says that it is told, too.
        await _announcer.TellAsync(cancellationToken);
        _secondLook = _pull.NeedsSecondLook ? parts.Now + SecondLookAfter : null;
        _hintsPulled = hints;
        (_lastSynced, _hasLooked) = (began, true);
        _waiting.FindAll(w => w.Since <= began).ForEach(w => w.Seen.TrySetResult());
        parts.Meters.Pulled();
        bool hasChanges = copy.Rows.Schedule.Version != version;
        Duration? lag = _echo.Lag;
        _echo.Looked(hasChanges, isPoll, parts.Now);
        if (_echo.Lag is { } seen && seen != lag)
        {
            parts.Meters.Lagged(copy.Connected!.ProviderName, seen.TotalSeconds);
        }

        if (isPoll && hasChanges)
        {
            parts.Meters.NotTold(copy.Connected!.ProviderName);
        }

        if (copy.Rows.Schedule.Generation != generation)
        {
            parts.Log.GenerationComplete(copy.CalendarId, copy.Rows.Schedule.Generation);
        }

        await copy.Rows.ChangeOutboxAsync(o =>
            o.DirtySince is null || IsDirty || _echo.NextLook is not null ? null : o with { DirtySince = null });
        await copy.Rows.ChangeMetaAsync(m =>
            m.FaultKind is not null || m.LastSynced is null || began - m.LastSynced.Value >= SyncedPrecision
                || m.LastReconciled is null
            ? m.With(null) with { LastSynced = began, LastReconciled = m.LastReconciled ?? began }
            : m);
        if (!copy.Rows.Meta.IsFirstPullReported && copy.Rows.Schedule.Generation > 0)
        {
            await Connection.ReportSynced(copy.CalendarId, cancellationToken);
            await copy.Rows.ChangeMetaAsync(m => m with { IsFirstPullReported = true });
        }

        return null;
    }

    private async Task<ProviderFault?> ReconcileAsync(
        ICalendarProvider provider, ProviderAccess access, CancellationToken cancellationToken)
    {
        Instant began = parts.Now;
        (long repairs, ProviderFault? fault) = await _pull.ReconcileAsync(provider, access, cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        if (_pull.NeedsSecondLook)
        {
            _secondLook = parts.Now + SecondLookAfter;
            return null;
        }

        // It looked at everything, so it is as good as a poll.
        (_lastSynced, _hasLooked) = (began, true);
        if (repairs > 0)
        {
            parts.Log.Repaired(copy.CalendarId, repairs);
            parts.Meters.Repaired(repairs);
        }

        await copy.Rows.ChangeMetaAsync(m => m.With(null) with { LastReconciled = began, Repairs = m.Repairs + repairs });
        return null;
    }

    /// <param name="fault">What ended the round.</param>
    /// <param name="lease">The login, if it came so far.</param>
    /// <param name="isFirst">
    /// True when the provider took a write before: else many of them, a few of which are throttled each time, would wait
    /// longer and longer, and the pull behind them too.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task NoteAsync(ProviderFault fault, AccessLease? lease, bool isFirst, CancellationToken cancellationToken)
    {
        parts.Meters.Failed(fault.Kind);
        FaultRecord? before = isFirst ? null : copy.Rows.Meta.Fault;
        double chance = Chance.Of(copy.CalendarId, copy.Rows.Meta.FaultCount);
        bool wasAsked = fault.Kind != ProviderFaultKind.Throttled || fault.NotBefore is null || fault.NotBefore != lease?.NotBefore;
        FaultRecord record = wasAsked
            ? FaultRules.After(before, fault, parts.Now, chance)
            : FaultRules.NotAsked(before, fault, parts.Now, chance);
        parts.Log.CallFailed(copy.CalendarId, fault.Kind, record.Count, fault.Detail);
        await copy.Rows.ChangeMetaAsync(m => fault.Kind == ProviderFaultKind.ResyncRequired
            ? m.With(record) with { Cursor = null, CursorFor = copy.Rows.Schedule.Version }
            : m.With(record));
        if (lease is not null && fault.Kind is ProviderFaultKind.AuthDead or ProviderFaultKind.ScopeMissing
            or ProviderFaultKind.Throttled or ProviderFaultKind.NotFound)
        {
            await Connection.ReportFault(lease!.TokenVersion, fault.Kind, fault.Detail, fault.NotBefore, cancellationToken);
        }
    }
}
