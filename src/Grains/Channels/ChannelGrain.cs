using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Channels;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Directory;
using CalendarActors.Grains.Interfaces.Channels;

namespace CalendarActors.Grains.Channels;

/// <summary>One channel.</summary>
/// <remarks>
/// Interleaving: what is only read, and the worker's timer. Readers see what is stored; the worker and the turns change what
/// is in memory between awaits only, and saving passes the queue of <see cref="ChannelRows"/>.
/// </remarks>
[GrainType("channel")]
internal sealed class ChannelGrain(
    [PersistentState(StorageNames.Channel, StorageNames.Provider)] IPersistentState<ChannelState> channel,
    [PersistentState(StorageNames.ChannelOutbox, StorageNames.Provider)] IPersistentState<ChannelOutboxState> outbox,
    ChannelParts parts)
    : Grain, IChannelGrain, IDisposable
{
    private ChannelRows _rows = null!;
    private ChannelWorker _worker = null!;
    private WorkLoop _loop = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _rows = new ChannelRows(channel, outbox, DeactivateOnIdle);
        _worker = new ChannelWorker(Id, _rows, parts);
        _loop = new WorkLoop(this, keepAlive: false, _worker.RunAsync);
        if (_rows.Channel.Exists || !_rows.Outbox.IsEmpty)
        {
            _loop.Kick();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _loop.EndAsync(cancellationToken);
        _worker.Forget();
        if (_rows is { IsUnsaved: true, IsEnding: false })
        {
            try
            {
                await _rows.SaveAsync();
            }
            catch (Exception exception)
            {
                parts.Log.ChannelNotSaved(exception, Id);
            }
        }
    }

    public void Dispose()
    {
        _loop?.Dispose();
        _rows?.Dispose();
    }

    public async Task<ChannelView> Open(OpenChannel request, CancellationToken cancellationToken)
    {
        if (!_rows.Channel.Exists)
        {
            // The list first: one that lists too much is put right when it is read.
            await parts.Directory.PutAsync(
                new DirectoryEntry(DirectoryKinds.Channel, Id, request.ClientId, ""), cancellationToken);
            SealedSecret callback = await parts.Vault.SealAsync(
                request.ClientId, ChannelParts.PlaceOf(Id), Encoding.UTF8.GetBytes(request.CallbackUrl), cancellationToken);
            _rows.Change(_ => new ChannelState
            {
                ClientId = request.ClientId,
                GrantId = request.GrantId,
                PersonId = request.PersonId,
                Callback = callback,
                Filter = request.Filter,
            });
            _rows.Owe(_ => ChannelOutboxState.Empty.With(new Notice(NotificationKind.Verification, null, 0), parts.Now));
            await _rows.SaveAsync();
        }

        if (_rows.Channel is { IsOpen: true, Position: null })
        {
            await _worker.ListenAsync(cancellationToken);
        }

        _loop.Kick();
        return ViewOf(_rows.Channel, request.CallbackUrl);
    }

    public Task<ChannelView?> View(CancellationToken cancellationToken) => ViewAsync(_rows.Stored, cancellationToken);

    public async Task<ChannelView?> Set(bool? isPushed, bool? signsStandard, CancellationToken cancellationToken)
    {
        if (!_rows.Channel.IsOpen)
        {
            return null;
        }

        _rows.Change(c => c with
        {
            Settings = new ChannelSettings(isPushed ?? c.Settings.IsPushed, signsStandard ?? c.Settings.SignsStandard),
        });
        await _rows.SaveAsync();
        _loop.Kick();
        return await ViewAsync(_rows.Stored, cancellationToken);
    }

    public async Task Close(string personId, CancellationToken cancellationToken)
    {
        string person = _rows.Channel.Exists ? _rows.Channel.PersonId : personId;
        _rows.Change(_ => new ChannelState());
        _rows.Owe(_ => ChannelOutboxState.Leaving(person, null, parts.Now));
        await _rows.SaveAsync();
        _loop.Kick();
    }

    public async Task<DeliveryPage?> Deliveries(long after, int limit, CancellationToken cancellationToken)
    {
        ChannelState stored = _rows.Stored;
        Delivery? pending = stored.IsOpen ? _rows.StoredOutbox.Pending : null;
        Delivery[] later =
        [
            .. stored.Log.Append(pending).OfType<Delivery>().Where(d => d.Sequence > after).DistinctBy(d => d.Sequence),
        ];
        return await ViewAsync(stored, cancellationToken) is { } view
            ? new DeliveryPage(view, [.. later.Take(limit)], later.Length > limit)
            : null;
    }

    public async Task<ReplayOutcome> Replay(long from, CancellationToken cancellationToken)
    {
        if (!_rows.Channel.IsOpen)
        {
            return ReplayOutcome.NotFound;
        }

        ImmutableArray<Delivery> log = _rows.Channel.Log;
        Delivery? oldest = log.IsEmpty ? _rows.Outbox.Pending : log[0];
        if (oldest is null || from < oldest.Sequence || from > _rows.Channel.LastSequence)
        {
            return ReplayOutcome.NotKept;
        }

        foreach (Notice notice in DeliveryLog.From(log, from))
        {
            _rows.Owe(o => o.With(notice, parts.Now));
        }

        // Whoever asks is there to be told.
        _rows.Owe(o => o.Pending is { } pending ? o with { Pending = pending with { NextAttempt = null } } : o);
        await _rows.SaveAsync();
        _loop.Kick();
        return ReplayOutcome.Accepted;
    }

    public Task<ChannelStatus?> Status(CancellationToken cancellationToken) => Task.FromResult(StatusOf(_rows.Channel, _rows.Outbox));

    public Task Wake(CancellationToken cancellationToken)
    {
        _worker.Hear();
        _loop.Kick();
        return Task.CompletedTask;
    }

    private ChannelStatus? StatusOf(ChannelState now, ChannelOutboxState owed)
    {
        Delivery? last = owed.Pending is { Attempts: > 0 } failing ? failing : now.Log.LastOrDefault(d => d.Attempts > 0);
        return now.Exists
            ? new ChannelStatus(
                Id,
                now.ClientId,
                now.GrantId,
                now.Settings.IsPushed,
                owed.Count,
                owed.Pending is { } pending ? pending.FirstAttempt ?? pending.Created : owed.WaitingSince,
                owed.Pending?.Attempts ?? 0,
                owed.Pending?.NextAttempt,
                last?.Outcome,
                last?.Status,
                now.Closed,
                now.ClosedAt)
            : null;
    }

    private async Task<ChannelView?> ViewAsync(ChannelState now, CancellationToken cancellationToken) =>
        now.Callback is { } callback
        && await parts.Vault.OpenAsync(ChannelParts.PlaceOf(Id), callback, cancellationToken) is { } url
            ? ViewOf(now, Encoding.UTF8.GetString(url))
            : null;

    private ChannelView ViewOf(ChannelState now, string url) =>
        new(Id, url, now.Filter, now.Settings, now.Closed, now.ClosedAt);
}
