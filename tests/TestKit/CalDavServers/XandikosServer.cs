namespace CalendarActors.TestKit.CalDavServers;

/// <summary>Xandikos: a git repository; wraps errors of a PUT in a multistatus, answers 500 to a foreign token.</summary>
public sealed class XandikosServer() : CalDavServer("xandikos")
{
    /// <inheritdoc/>
    public override bool ChecksPasswords => false;

    /// <inheritdoc/>
    public override Uri Home => new(Address, $"/{UserName}/calendars/");

    /// <inheritdoc/>
    protected override Task<ServerProcess> LaunchAsync() => Task.FromResult(ServerProcess.Start(
        Program("xandikos"),
        "-d",
        Path.Combine(Folder, "data"),
        "--defaults",
        "--current-user-principal",
        $"/{UserName}/",
        "-l",
        "127.0.0.1",
        "-p",
        $"{Port}"));
}
