using System.Collections.Immutable;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Schedules;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;
using Orleans.Placement;

namespace CalendarActors.Grains.Sync;

/// <summary>One connected calendar. Placed at random: early load statistics put whole batches on one silo.</summary>
/// <remarks>
/// Interleaving: reads, hints and the worker's timer. Reads see one immutable snapshot; whoever writes a row decides
/// inside the queue of <see cref="CalendarRows"/>, on what is there then.
/// </remarks>
[GrainType("calendar"), RandomPlacement]
internal sealed class CalendarGrain(
    [PersistentState(StorageNames.CalendarMeta, StorageNames.Provider)] IPersistentState<CalendarMetaState> meta,
    [PersistentState(StorageNames.CalendarSchedule, StorageNames.Provider)] IPersistentState<CalendarScheduleState> schedule,
    [PersistentState(StorageNames.CalendarOutbox, StorageNames.Provider)] IPersistentState<CalendarOutboxState> outbox,
    SyncParts parts)
    : Grain, ICalendarGrain, ICalendarHints, IRemindable, IDisposable
{
    /// <summary>How often a calendar without a watch is woken, should its silo have been lost.</summary>
    private static readonly Duration PolledWakeInterval = Duration.FromMinutes(30);

    private CalendarRows _rows = null!;
    private CalendarCopy _copy = null!;
    private ScheduleNotice _notice = null!;
    private CalendarWorker _worker = null!;
    private WorkLoop _loop = null!;

    private string Id => this.GetPrimaryKeyString();

    private ConnectCalendar? Connected => _rows.Meta.Connected;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _rows = new CalendarRows(meta, schedule, outbox, DeactivateOnIdle);
        _copy = new CalendarCopy(Id, _rows, parts);
        _notice = new ScheduleNotice(_copy, parts);
        _worker = new CalendarWorker(_copy, _notice, parts);
        _loop = new WorkLoop(this, keepAlive: true, RunAsync);
        Kick();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _loop.EndAsync(cancellationToken);
        _copy.Drop();
    }

    public void Dispose()
    {
        _loop?.Dispose();
        _rows?.Dispose();
    }

    public async Task Connect(ConnectCalendar request, CancellationToken cancellationToken)
    {
        bool isNew = Connected is null;
        await _rows.ChangeMetaAsync(m =>
        {
            // Told nothing new: its login was connected anew.
            CalendarMetaState next = m with
            {
                Connected = request,
                IsSuspended = false,
                IsFirstPullReported = false,
                WakeMinutes = (int)PolledWakeInterval.TotalMinutes,
            };
            return m.IsSuspended || m.Connected == request
                ? next.With(null) with { Watches = WatchState.Doubted(m.Watches, parts.Now) }
                : next;
        });
        if (isNew)
        {
            await _rows.ChangeScheduleAsync(s => ValueTask.FromResult<CalendarScheduleState?>(
                s.ZoneId == request.ZoneId ? null : s with { ZoneId = request.ZoneId, Version = s.Version + 1 }));
        }

        if (HasRemote)
        {
            await this.BeWokenAsync(PolledWakeInterval.ToTimeSpan(), cancellationToken);
        }

        _worker.MarkDirty();
        Kick();
    }

    public async Task Suspend(CancellationToken cancellationToken)
    {
        if (Connected is not null)
        {
            await _rows.ChangeMetaAsync(m => m with { IsSuspended = true });
        }
    }

    public async Task Forget(CancellationToken cancellationToken)
    {
        await this.SleepAsync(cancellationToken);
        await _rows.ForgetAsync();
        DeactivateOnIdle();
    }

    public async Task Hint(CancellationToken cancellationToken)
    {
        if (Connected is null || !HasRemote)
        {
            return;
        }

        // The pull begins while this is being stored; whatever it commits waits for that in the rows' queue.
        _worker.MarkDirty();
        Kick();

        // Durable before the hint's sender is answered; while one is stored, more of them cost nothing.
        await _rows.ChangeOutboxAsync(o => o.DirtySince is null ? o with { DirtySince = parts.Now } : null);
    }

    public async Task<bool> Notify(WatchNotice notice, CancellationToken cancellationToken)
    {
        if (Connected is null || !await _worker.Watch.HearAsync(notice))
        {
            Kick();
            return false;
        }

        parts.Meters.Told(Connected.ProviderName);
        if (notice.Kind != WatchNoticeKind.Started)
        {
            _worker.Hinted();
            await Hint(cancellationToken);
        }

        return true;
    }

    public Task<ImmutableArray<HeldWatch>> Watches(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<HeldWatch>>(
        [.. _rows.Meta.Watches.Where(w => w.IsTaken).Select(w => new HeldWatch(w.Id, w.ResourceId, w.ExpiresAt))]);

    public Task Wake(CancellationToken cancellationToken)
    {
        Kick();
        return Task.CompletedTask;
    }

    // One that is forgotten while its worker registers anew is told once more.
    public Task ReceiveReminder(string reminderName, TickStatus status) =>
        Connected is null ? this.SleepAsync(CancellationToken.None) : Wake(CancellationToken.None);

    public async Task<CalendarPage> Read(CalendarQuery query, CancellationToken cancellationToken)
    {
        CalendarSnapshot snapshot = _copy.Snapshot;
        return CalendarReading.Events(await parts.Cache.OpenAsync(snapshot, cancellationToken), snapshot.Window, query);
    }

    public async Task<BusyPage> ReadBusy(CalendarQuery query, CancellationToken cancellationToken)
    {
        CalendarSnapshot snapshot = _copy.Snapshot;
        if (!CalendarReading.IsAnsweredByIndex(query))
        {
            return CalendarReading.Busy(await parts.Cache.OpenAsync(snapshot, cancellationToken), snapshot.Window, query);
        }

        snapshot.Busy ??= BusyIndex.Of(
            snapshot.Window, await parts.Cache.OpenAsync(snapshot, cancellationToken));
        return CalendarReading.Busy(snapshot.Busy, snapshot.Window, query);
    }

    public Task<BusyTimes> BusyTimes(CancellationToken cancellationToken) => _notice.TakeAsync(cancellationToken);

    public Task Freshen(Instant since, TimeSpan wait, CancellationToken cancellationToken) =>
        HasRemote && !_rows.Meta.IsSuspended ? _worker.FreshenAsync(since, wait, Kick) : Task.CompletedTask;

    public Task<CalendarTimes> Times(ImmutableArray<TimesQuery> events, CancellationToken cancellationToken) =>
        ManagedReading.TimesAsync(_copy, parts.Cache, events, cancellationToken);

    public Task<bool> Carries(string clientId, string personId, string path, CancellationToken cancellationToken) =>
        ManagedReading.CarriesAsync(_copy, parts.Cache, clientId, personId, path, cancellationToken);

    public Task<WriteAnswer> Upsert(UpsertEvent request, CancellationToken cancellationToken) =>
        Take(intake => intake.UpsertAsync(request, cancellationToken));

    public Task<WriteAnswer> Delete(string clientId, string eventId, CancellationToken cancellationToken) =>
        Take(intake => intake.DeleteAsync(new ManagedKey(clientId, eventId), cancellationToken));

    public Task<WriteAnswer> ChangeExternal(ChangeExternalEvent request, CancellationToken cancellationToken) =>
        Take(intake => intake.ChangeExternalAsync(request, cancellationToken));

    public async Task<WriteAnswer> DeleteManaged(string clientId, CancellationToken cancellationToken)
    {
        WriteAnswer answer = await new ClearingEntry(_copy, parts).AcceptAsync(clientId, HasRemote, Refusal(), cancellationToken);
        Kick();
        await _notice.TellOfWriteAsync(CancellationToken.None);
        return answer;
    }

    public Task<CalendarStatus> Status(CancellationToken cancellationToken) => Task.FromResult(new CalendarStatus(
        _worker.LastSynced,
        _rows.Outbox.Intents.Length + _rows.Outbox.Clearings.Length,
        _rows.Meta.Repairs,
        _rows.Meta.Fault is { } fault ? $"{fault.Kind}: {fault.Detail}" : null,
        _rows.Schedule.Generation,
        _rows.Schedule.Version,
        _worker.Watch.LiveUntil,
        _worker.Lag?.TotalSeconds));

    private bool HasRemote => Connected is { } c && parts.Catalog.Find(c.ProviderName) is not { HasRemote: false };

    private async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan? next = await _worker.RunAsync(cancellationToken);
        if (HasRemote && !_rows.IsEnding)
        {
            Duration period = _worker.Watch.WakePeriod(
                Duration.FromTimeSpan(parts.Options.WatchedWakeInterval), PolledWakeInterval);
            int minutes = (int)period.TotalMinutes;
            if (_rows.Meta.WakeMinutes != minutes)
            {
                await this.BeWokenAsync(period.ToTimeSpan(), cancellationToken);
                await _rows.ChangeMetaAsync(m => m with { WakeMinutes = minutes });
            }
        }

        return next;
    }

    private WriteAnswer? Refusal() =>
        Connected is null ? WriteAnswer.NoSuchCalendar
        : _rows.Meta.IsSuspended ? WriteAnswer.Disconnected
        : Connected.IsReadOnly ? WriteAnswer.ReadOnly
        : null;

    private async Task<WriteAnswer> Take(Func<CalendarIntake, Task<WriteAnswer>> accept)
    {
        WriteAnswer answer = Refusal() ?? await accept(new CalendarIntake(_copy, parts));
        Kick();
        await _notice.TellOfWriteAsync(CancellationToken.None);
        return answer;
    }

    private void Kick()
    {
        if (_rows.Outbox.AnnouncedThrough is not null || (HasRemote && !_rows.Meta.IsSuspended))
        {
            _loop.Kick();
        }
    }
}
