namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Radicale: files, ctag and sync tokens, rewrites what it stores.</summary>
public sealed class RadicaleServer() : CalDavServer("radicale")
{
    /// <inheritdoc/>
    public override Uri Home => new(Address, $"/{UserName}/");

    private readonly Lock _users = new();

    private string Users => Path.Combine(Folder, "users");

    /// <summary>One login more, with the same password. The server reads the file each time that somebody logs in.</summary>
    public void AddUser(string name)
    {
        lock (_users)
        {
            File.AppendAllText(Users, $"{name}:{Password}\n");
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
            filesystem_folder = {Path.Combine(Folder, "collections")}
            """);
        return ServerProcess.Start(program, "--config", configuration);
    }
}
