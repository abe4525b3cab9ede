using System.Data.Common;
using System.Diagnostics;
using CalendarActors.TestKit.CalDavServers;

namespace CalendarActors.TestKit.PostgreSql;

/// <summary>A private PostgreSQL of the test run: its own folder, a loopback port, gone when it is disposed.</summary>
/// <remarks>
/// From Debian's package postgresql-15 (apt-get install postgresql-15). The server refuses to run as root, so a root test
/// run starts it as the package's user <c>postgres</c>. Syncing to disk stays on, as in production.
/// </remarks>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private static readonly string[] Folders =
    [
        "/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/opt/homebrew/bin",
    ];

    private readonly string _programs;
    private readonly string _folder;
    private int _databases;

    private PostgreSqlCluster(string programs, string folder, int port)
    {
        _programs = programs;
        _folder = folder;
        Port = port;
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or does not start.</exception>
    public static async Task<PostgreSqlCluster> StartAsync()
    {
        string programs = Programs ?? throw new InvalidOperationException(
            "PostgreSQL is missing: apt-get install postgresql-15 (eng/test.sh does).");
        string folder = Directory.CreateTempSubdirectory("calendaractors-pg").FullName;
        if (IsRoot)
        {
            await RunAsync("chown", "postgres", folder);
        }

        var cluster = new PostgreSqlCluster(programs, folder, LoopbackPort.Free());
        await cluster.RunAsServerUserAsync(
            "initdb", "-D", $"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
        await cluster.ResumeAsync();
        return cluster;
    }

    /// <summary>Ends the server as if its machine had died; its folder stays.</summary>
    public Task InterruptAsync() => RunAsServerUserAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "-w", "stop");

    /// <summary>Starts the server again, at the same port.</summary>
    public Task ResumeAsync() => RunAsServerUserAsync(
        "pg_ctl", "-D", $"{_folder}/data", "-w", "-t", "60", "-l", $"{_folder}/log",
        "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=300",
        "start");

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsServerUserAsync("createdb", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", name);
        return $"Host=127.0.0.1;Port={Port};Username=postgres;Database={name};Timeout=15";
    }

    /// <summary>Backs a database up with pg_dump and restores it with pg_restore into an empty one, as docs/backup.md says.</summary>
    /// <returns>The connection string of the restored one.</returns>
    public async Task<string> RestoreFromDumpAsync(string connectionString)
    {
        string database = new DbConnectionStringBuilder { ConnectionString = connectionString }["Database"].ToString()!;
        string restored = await CreateDatabaseAsync();
        string[] server = ["-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres"];
        await RunAsServerUserAsync("pg_dump", [.. server, "--format=custom", $"--file={_folder}/{database}.dump", database]);
        await RunAsServerUserAsync("pg_restore", [.. server, "--exit-on-error", $"--dbname=test{_databases}", $"{_folder}/{database}.dump"]);
        return restored;
    }

    /// <summary>Asks a database with psql.</summary>
    /// <returns>The rows, a line each, without a header.</returns>
    public async Task<string> AskAsync(string connectionString, string sql)
    {
        string database = new DbConnectionStringBuilder { ConnectionString = connectionString }["Database"].ToString()!;
        return (await RunAsServerUserAsync(
            "psql", "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-d", database, "-X", "-A", "-t", "-c", sql)).Trim();
    }

    /// <summary>The folder that holds every file of the server.</summary>
    public string DataFolder => $"{_folder}/data";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await InterruptAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Programs => Folders.FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")));

    private static bool IsRoot => Environment.UserName == "root";

    private Task<string> RunAsServerUserAsync(string program, params string[] arguments)
        => IsRoot
            ? RunAsync("runuser", ["-u", "postgres", "--", $"{_programs}/{program}", .. arguments])
            : RunAsync($"{_programs}/{program}", arguments);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // No pipes: the server inherits them, and reading them to their end would wait for it.
        string output = Path.GetTempFileName();
        try
        {
            string[] shell = ["-c", "exec \"$@\" > \"$0\" 2>&1", output, program, .. arguments];
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            foreach (string argument in shell)
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync();
            string said = await File.ReadAllTextAsync(output);
            return process.ExitCode == 0
                ? said
                : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
        finally
        {
            File.Delete(output);
        }
    }
}
