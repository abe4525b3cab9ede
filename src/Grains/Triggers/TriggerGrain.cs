using System.Collections.Immutable;
using System.Text;
using CalendarActors.Domain.Secrets;
using CalendarActors.Domain.Triggers;
using CalendarActors.Grains.Interfaces.Triggers;
using NodaTime;

namespace CalendarActors.Grains.Triggers;

/// <summary>One calendar's triggers.</summary>
/// <remarks>
/// Interleaving: what is only read, and the worker's timer. Both the worker and the turns decide inside the queue of
/// <see cref="TriggerRows"/>, on what is there then. A turn calls the person and those who make calls, who never call back.
/// </remarks>
[GrainType("trigger")]
internal sealed class TriggerGrain(
    [PersistentState(StorageNames.Trigger, StorageNames.Provider)] IPersistentState<TriggerState> stored,
    TriggerParts parts)
    : Grain, ITriggerGrain, IRemindable, IDisposable
{
    private static readonly Duration SoonAfterSubscribing = Duration.FromMinutes(1);

    private TriggerRows _rows = null!;
    private TriggerNet _net = null!;
    private TriggerPost _post = null!;
    private TriggerWorker _worker = null!;
    private WorkLoop _loop = null!;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _rows = new TriggerRows(stored, DeactivateOnIdle);
        _net = new TriggerNet(this, parts.Time);
        _post = new TriggerPost(Id, parts);
        _worker = new TriggerWorker(Id, _rows, _net, _post, parts);
        _loop = new WorkLoop(this, keepAlive: false, _worker.RunAsync);
        Kick();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.EndAsync(cancellationToken);

    public void Dispose()
    {
        _loop?.Dispose();
        _rows?.Dispose();
    }

    public Task<bool> HasRoom(SubscribeEvent request, CancellationToken cancellationToken) =>
        Task.FromResult(TriggerRoom.For(request, _rows.State) is not null);

    public async Task<bool> Subscribe(SubscribeEvent request, CancellationToken cancellationToken)
    {
        await LeaveFormerAsync(request.PersonId, cancellationToken);
        bool isStored = false;
        await _rows.ChangeAsync(async state =>
        {
            if (TriggerRoom.For(request, state) is not { } others)
            {
                return null;
            }

            isStored = true;
            TriggeredEvent? before = state.Find(request.ClientId, request.EventId);
            TriggeredEvent after = new(
                request.ClientId,
                request.EventId,
                request.GrantId,
                await StoredAsync(request, before?.Subscriptions ?? [], cancellationToken));
            if (before is not null && IsSame(before, after))
            {
                return null;
            }

            // Before the row: from then on somebody will look at it, whatever happens to this silo.
            await _net.CoverAsync(parts.Now + SoonAfterSubscribing, cancellationToken);
            return state with { PersonId = request.PersonId, Events = others.Add(after) };
        });
        _worker.Look();
        Kick();
        return isStored;
    }

    public async Task Unsubscribe(string clientId, string? eventId, CancellationToken cancellationToken)
    {
        TriggerState state = _rows.State;
        TriggeredEvent[] gone = [.. state.Events.Where(e => e.ClientId == clientId && (eventId is null || e.EventId == eventId))];
        if (gone.Length == 0)
        {
            return;
        }

        Instant now = parts.Now;
        await _post.PostAsync(state.PersonId, gone.Select(e => TriggerLook.Last(e, now)), cancellationToken);
        await _rows.ChangeAsync(s => ValueTask.FromResult<TriggerState?>(s with
        {
            Events = s.Events.RemoveAll(e => e.ClientId == clientId && (eventId is null || e.EventId == eventId)),
        }));
        Kick();
    }

    public Task Wake(CancellationToken cancellationToken)
    {
        _worker.Hear();
        Kick();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!_rows.State.Exists)
        {
            await _rows.ClearAsync(() => _net.RemoveAsync(CancellationToken.None));
            return;
        }

        _worker.Look();
        Kick();
    }

    /// <summary>A login that another person took over: what was subscribed to was not theirs.</summary>
    private async Task LeaveFormerAsync(string personId, CancellationToken cancellationToken)
    {
        if (_rows.State is { Exists: true } former && former.PersonId != personId)
        {
            await _rows.ChangeAsync(s => ValueTask.FromResult<TriggerState?>(s with { Events = [] }));
            await _worker.LeaveAsync(cancellationToken);
        }
    }

    /// <summary>What is asked for, where it is known already with what came of it so far.</summary>
    private async Task<ImmutableArray<StoredSubscription>> StoredAsync(
        SubscribeEvent request, ImmutableArray<StoredSubscription> before, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredSubscription> known = new(StringComparer.Ordinal);
        foreach (StoredSubscription subscription in before)
        {
            if (await _post.AddressOf(subscription, cancellationToken) is { } address)
            {
                known[address] = subscription;
            }
        }

        TransitionProgress fresh = TransitionProgress.From(parts.Now);
        var subscriptions = ImmutableArray.CreateBuilder<StoredSubscription>();
        foreach (EventSubscription wanted in request.Subscriptions)
        {
            StoredSubscription? was = known.GetValueOrDefault(wanted.Address);
            SealedSecret address = was?.Address ?? await parts.Vault.SealAsync(
                request.ClientId, TriggerParts.PlaceOf(Id), Encoding.UTF8.GetBytes(wanted.Address), cancellationToken);
            subscriptions.Add(new StoredSubscription(
                address,
                [
                    .. wanted.Transitions.Select(t =>
                        was?.Transitions.FirstOrDefault(s => s.Transition == t) ?? new StoredTransition(t, fresh)),
                ]));
        }

        return subscriptions.DrainToImmutable();
    }

    private static bool IsSame(TriggeredEvent one, TriggeredEvent other) =>
        one.GrantId == other.GrantId
        && one.Subscriptions.Length == other.Subscriptions.Length
        && one.Subscriptions.Zip(other.Subscriptions).All(p =>
            ReferenceEquals(p.First.Address, p.Second.Address) && p.First.Transitions.SequenceEqual(p.Second.Transitions));

    private void Kick()
    {
        if (_rows.State.Exists)
        {
            _loop.Kick();
        }
    }
}
