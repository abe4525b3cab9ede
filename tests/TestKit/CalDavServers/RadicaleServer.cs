namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Radicale: files, ctag and sync tokens, rewrites what it stores.</summary>
public sealed class RadicaleServer() : CalDavServer("radicale")
{
    /// <inheritdoc/>
    public override Uri Home => new(Address, $"/{UserName}/");

    /// <inheritdoc/>
    protected override async Task<ServerProcess> LaunchAsync()
    {
        string program = Program("radicale");
        string users = Path.Combine(Folder, "users");
        string configuration = Path.Combine(Folder, "radicale.conf");
        await File.WriteAllTextAsync(users, $"{UserName}:{Password}\n");
        await File.WriteAllTextAsync(configuration, $"""
            [server]
            hosts = 127.0.0.1:{Port}
            [auth]
            type = htpasswd
            htpasswd_filename = {users}
            htpasswd_encryption = plain
            delay = 0
            [storage]
            filesystem_folder = {Path.Combine(Folder, "collections")}
            """);
        return ServerProcess.Start(program, "--config", configuration);
    }
}
