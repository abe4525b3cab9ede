using System.Runtime.InteropServices;
using System.Text;
using CalendarActors.Domain.Secrets;
using CalendarActors.Grains.Interfaces.Triggers;

namespace CalendarActors.Grains.Triggers;

/// <summary>One call about an event.</summary>
/// <remarks>Interleaving: the worker's timer. Only the turn that accepts writes before it runs, and only the worker after.</remarks>
[GrainType("trigger-call")]
internal sealed class TriggerCallGrain(
    [PersistentState(StorageNames.TriggerCall, StorageNames.Provider)] IPersistentState<TriggerCallState> outbox,
    TriggerParts parts)
    : Grain, ITriggerCallGrain, IDisposable
{
    private TriggerCallWorker _worker = null!;
    private WorkLoop _loop = null!;
    private bool _isPosted;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _worker = new TriggerCallWorker(Id, outbox, DeactivateOnIdle, parts);
        _loop = new WorkLoop(this, keepAlive: false, _worker.RunAsync);
        if (outbox.RecordExists)
        {
            _isPosted = true;
            _loop.Kick();
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _loop.EndAsync(cancellationToken);

    public void Dispose() => _loop?.Dispose();

    public async Task Post(PostedCall call, CancellationToken cancellationToken)
    {
        // While this activation lasts it also knows what was taken already.
        if (_isPosted)
        {
            _loop.Kick();
            return;
        }

        SealedSecret address = await parts.Vault.SealAsync(
            call.ClientId, TriggerCallWorker.PlaceOf(Id, "address"), Encoding.UTF8.GetBytes(call.Address), cancellationToken);
        SealedSecret body = await parts.Vault.SealAsync(
            call.PersonId,
            TriggerCallWorker.PlaceOf(Id, "body"),
            ImmutableCollectionsMarshal.AsArray(call.Body)!,
            cancellationToken);
        await outbox.CommitAsync(
            new TriggerCallState
            {
                PersonId = call.PersonId,
                GrantId = call.GrantId,
                ClientId = call.ClientId,
                Address = address,
                Body = body,
                Created = parts.Now,
            },
            DeactivateOnIdle,
            CancellationToken.None);
        _isPosted = true;
        _loop.Kick();
    }

    public Task Wake(CancellationToken cancellationToken)
    {
        if (_isPosted)
        {
            _loop.Kick();
        }

        return Task.CompletedTask;
    }
}
