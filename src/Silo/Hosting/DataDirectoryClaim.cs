namespace CalendarActors.Silo.Hosting;

/// <summary>The data directory belongs to this process until it ends, however it ends: the lock is the operating system's.</summary>
public sealed class DataDirectoryClaim : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataDirectoryClaim(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder, in full.</summary>
    public string Path { get; }

    /// <summary>Makes the folder when it is missing, for this user only, and locks it.</summary>
    /// <exception cref="StartRefusedException">Another process has it, or it cannot be written.</exception>
    public static DataDirectoryClaim Take(DataDirectoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string path = options.FullPath;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(path);
            }
            else
            {
                System.IO.Directory.CreateDirectory(path, OwnerOnly);
            }

            // Not deleted when it is closed: another process could lock the deleted file beside a new one.
            return new(path, new FileStream(
                System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new StartRefusedException(
                $"The data directory '{path}' cannot be written. Give this user the right to, or set "
                + "CalendarActors__DataDirectory to another folder.",
                fault);
        }
        catch (IOException fault)
        {
            throw new StartRefusedException(
                $"The data directory '{path}' cannot be locked: another CalendarActors process uses it ({fault.Message}) "
                + "Stop that process, or set CalendarActors__DataDirectory to a folder of this node's own. For several nodes "
                + "use PostgreSQL.",
                fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
