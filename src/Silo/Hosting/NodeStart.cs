using CalendarActors.Silo.Secrets;
using CalendarActors.Silo.Storage;

namespace CalendarActors.Silo.Hosting;

/// <summary>What must be in place before Orleans starts: it reads its statements from the database at once.</summary>
/// <remarks>
/// 1. Own the data directory, if state is kept there. 2. Ports. 3. Schema. 4. Key store.
/// </remarks>
internal sealed class NodeStart(IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        StateDatabase database = services.GetRequiredService<StateDatabase>();

        // 1. Held by the container until the process ends; Standalone has taken it already.
        if (database.Provider is Grains.Interfaces.Hosting.StorageProvider.Sqlite)
        {
            _ = services.GetRequiredService<DataDirectoryClaim>();
        }

        // 2.
        services.GetRequiredService<NodePorts>().Check();

        // 3.
        await Schema.OfState(database).ApplyAsync(database.Source, cancellationToken);

        // 4.
        await services.GetRequiredService<KeyStoreOpening>().OpenAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
