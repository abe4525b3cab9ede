namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Radicale: files, ctag and sync tokens, rewrites what it stores.</summary>
public sealed class RadicaleServer() : CalDavServer("radicale")
{
    private readonly Lock _users = new();

    /// <inheritdoc/>
    public override Uri Home => new(Address, $"/{UserName}/");

    private string Users => Path.Combine(Folder, "users");

    private string Collections => Path.Combine(Folder, "collections");

    /// <summary>One login more, with the same password. The server reads the file each time that somebody logs in.</summary>
    public void AddUser(string name)
    {
        lock (_users)
        {
            File.AppendAllText(Users, $"{name}:{Password}\n");
        }
    }

    /// <summary>No sync token of a calendar is known any more, but the one that tells its present state.</summary>
    public void ForgetSyncTokens(string user, string calendar)
    {
        string tokens = Path.Combine(Collections, "collection-root", user, calendar, ".Radicale.cache", "sync-token");
        if (!Directory.Exists(tokens))
        {
            return;
        }

        foreach (string token in Directory.EnumerateFiles(tokens))
        {
            File.Delete(token);
        }
    }

    /// <inheritdoc/>
    protected override async Task<ServerProcess> LaunchAsync()
    {
        string program = Program("radicale");
        string configuration = Path.Combine(Folder, "radicale.conf");
        AddUser(UserName);
        await File.WriteAllTextAsync(configuration, $"""
            [server]
            hosts = 127.0.0.1:{Port}
            [auth]
            type = htpasswd
            htpasswd_filename = {Users}
            htpasswd_encryption = plain
            delay = 0
            [storage]
            filesystem_folder = {Collections}
            """);
        return ServerProcess.Start(program, "--config", configuration);
    }
}
