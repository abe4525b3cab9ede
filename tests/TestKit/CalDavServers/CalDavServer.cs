using CalendarActors.TestKit.Machine;

namespace CalendarActors.TestKit.CalDavServers;

/// <summary>A real CalDAV server on a loopback port, with one login, its data in a folder of its own.</summary>
public abstract class CalDavServer : IAsyncDisposable
{
    private ServerProcess? _process;

    protected CalDavServer(string name)
    {
        Name = name;
        Folder = Directory.CreateTempSubdirectory($"calendaractors-{name}-").FullName;
        Port = LoopbackPort.Free();
    }

    /// <summary>Which server.</summary>
    public string Name { get; }

    /// <summary>Where it keeps everything.</summary>
    public string Folder { get; }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What a person types as its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>The login's name.</summary>
    public string UserName { get; } = "alice";

    /// <summary>The login's password.</summary>
    public string Password { get; } = "correct horse";

    /// <summary>False for a server that takes any password.</summary>
    public virtual bool ChecksPasswords => true;

    /// <summary>The login's calendars are in here.</summary>
    public abstract Uri Home { get; }

    /// <summary>Another client of the same login.</summary>
    public OtherClient Client => new(UserName, Password);

    /// <summary>Starts the server.</summary>
    /// <exception cref="MissingServerException">It is not installed, and this is not CI.</exception>
    public async Task StartAsync()
    {
        _process = await LaunchAsync();
        await _process.ListeningAsync(Port);
        await StartedAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes the configuration and starts the program.</summary>
    protected abstract Task<ServerProcess> LaunchAsync();

    /// <summary>Prepares the login, when the server does not do so by itself.</summary>
    protected virtual Task StartedAsync() => Task.CompletedTask;

    /// <summary>The full path of a program that the server needs.</summary>
    protected static string Program(string name) => Installed.Find(name)
        ?? (Installed.IsContinuousIntegration
            ? throw new InvalidOperationException($"'{name}' is not installed; CI installs it, see eng/test.sh.")
            : throw new MissingServerException(name));
}
