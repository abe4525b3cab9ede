using CalendarActors.Silo.Secrets;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Hosting;

/// <summary>What must be in place before Orleans starts: it reads its statements from the database at once.</summary>
/// <remarks>1. Own the data directory, if state is kept there. 2. Schema. 3. Key store.</remarks>
internal sealed class NodeStart(IServiceProvider services, StateDatabase database, KeyStoreOpening keys)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // 1. Held by the container until the process ends; Standalone has taken it already.
        if (database.Provider is Grains.Interfaces.Hosting.StorageProvider.Sqlite)
        {
            _ = services.GetRequiredService<DataDirectoryClaim>();
        }

        // 2.
        await Schema.OfState(database).ApplyAsync(database.Source, cancellationToken);

        // 3.
        await keys.OpenAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
