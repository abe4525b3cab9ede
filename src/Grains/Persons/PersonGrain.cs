using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Persons;

/// <summary>One end-user's list. It calls nobody.</summary>
[GrainType("person")]
internal sealed class PersonGrain(
    [PersistentState(StorageNames.Person, StorageNames.Provider)] IPersistentState<PersonState> stored)
    : Grain, IPersonGrain
{
    // Readers interleave: they see this, which changes only once the row is written.
    private PersonState _list = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _list = stored.State;
        return Task.CompletedTask;
    }

    public Task Attach(ConnectionSummary summary, CancellationToken cancellationToken)
    {
        ConnectionSummary? known = _list.Connections.FirstOrDefault(c => c.ConnectionId == summary.ConnectionId);
        return known?.Version >= summary.Version
            ? Task.CompletedTask
            : WriteAsync(_list with
            {
                Connections = known is null
                    ? _list.Connections.Add(summary)
                    : _list.Connections.Replace(known, summary),
            });
    }

    public Task Detach(string connectionId, CancellationToken cancellationToken) =>
        _list.Connections.Any(c => c.ConnectionId == connectionId)
            ? WriteAsync(_list with { Connections = _list.Connections.RemoveAll(c => c.ConnectionId == connectionId) })
            : Task.CompletedTask;

    public Task AddGrant(string grantId, CancellationToken cancellationToken) =>
        _list.Grants.Contains(grantId, StringComparer.Ordinal)
            ? Task.CompletedTask
            : WriteAsync(_list with { Grants = _list.Grants.Add(grantId) });

    public Task RemoveGrant(string grantId, CancellationToken cancellationToken) =>
        _list.Grants.Contains(grantId, StringComparer.Ordinal)
            ? WriteAsync(_list with { Grants = _list.Grants.Remove(grantId, StringComparer.Ordinal) })
            : Task.CompletedTask;

    public Task<PersonView> View(CancellationToken cancellationToken) =>
        Task.FromResult(new PersonView(_list.Connections, _list.Grants));

    private async Task WriteAsync(PersonState next)
    {
        await stored.CommitAsync(next, DeactivateOnIdle, CancellationToken.None);
        _list = next;
    }
}
