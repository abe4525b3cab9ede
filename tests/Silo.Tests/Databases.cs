using CalendarActors.Grains.Interfaces.Hosting;
using CalendarActors.Silo.Hosting;
using CalendarActors.Silo.Secrets;
using CalendarActors.Silo.Storage;
using CalendarActors.TestKit.PostgreSql;

namespace CalendarActors.Silo.Tests;

/// <summary>Empty databases of both kinds, and one shared silo on each. One of these for the whole assembly.</summary>
public sealed class Databases : IAsyncLifetime
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<StorageProvider, SiloHost> _silos = [];
    private readonly List<string> _folders = [];
    private PostgreSqlCluster? _postgreSql;

    /// <summary>Where the PostgreSQL server keeps its files.</summary>
    internal string PostgreSqlFolder => _postgreSql!.DataFolder;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (SiloHost silo in _silos.Values)
        {
            await silo.DisposeAsync();
        }

        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }

        foreach (string folder in _folders)
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }

        _one.Dispose();
    }

    /// <summary>A new empty database.</summary>
    internal async Task<DatabasePlace> EmptyAsync(StorageProvider provider)
    {
        string folder = System.IO.Directory.CreateTempSubdirectory("calendaractors-test").FullName;
        await _one.WaitAsync();
        try
        {
            _folders.Add(folder);
            if (provider is StorageProvider.Sqlite)
            {
                return new(provider, "", folder);
            }

            _postgreSql ??= await PostgreSqlCluster.StartAsync();
            return new(provider, await _postgreSql.CreateDatabaseAsync(), folder);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The silo that tests of one kind of database share: use keys of your own.</summary>
    internal async Task<SiloHost> SiloAsync(StorageProvider provider)
    {
        DatabasePlace place = await EmptyAsync(provider);
        await _one.WaitAsync();
        try
        {
            if (!_silos.TryGetValue(provider, out SiloHost? silo))
            {
                silo = await SiloHost.StartAsync(place);
                _silos.Add(provider, silo);
            }

            return silo;
        }
        finally
        {
            _one.Release();
        }
    }
}

/// <summary>Where a database is.</summary>
internal sealed record DatabasePlace(StorageProvider Provider, string ConnectionString, string Folder)
{
    public StorageOptions Storage => new() { Provider = Provider, ConnectionString = ConnectionString };

    public DataDirectoryOptions Directory => new() { DataDirectory = Folder };

    public StateDatabase OpenState() => StateDatabase.From(Storage, Directory);

    public KeyDatabase OpenKeys() => KeyDatabase.From(Storage, new(), Directory);
}
