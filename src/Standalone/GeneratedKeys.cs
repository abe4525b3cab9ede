using System.Security.Cryptography;
using CalendarActors.Silo;
using CalendarActors.Silo.Hosting;

namespace CalendarActors.Standalone;

/// <summary>Keys that nobody configured: made once in the data directory, readable by this user only.</summary>
internal sealed class GeneratedKeys(DataDirectoryClaim directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly List<string> _made = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The files made by this start, in full; empty at every later one.</summary>
    public IReadOnlyList<string> Made => _made;

    /// <summary>Reads a key's file, or makes it.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="opens">Files that need this very key: while one exists, another key is not made.</param>
    /// <returns>Base64 of 32 bytes.</returns>
    /// <exception cref="StartRefusedException">The key is gone, and what it opens is still there.</exception>
    public string ReadOrMake(string name, params string[] opens)
    {
        string path = PathOf(name);
        _used.Add(name);
        if (File.Exists(path))
        {
            return File.ReadAllText(path).Trim();
        }

        if (opens.FirstOrDefault(file => File.Exists(PathOf(file))) is { } kept)
        {
            throw new StartRefusedException(
                $"'{path}' is missing, and '{PathOf(kept)}' cannot be used without it. Restore the key from your backup, or "
                + "start with an empty data directory.");
        }

        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        Write(path, key);
        _made.Add(path);
        return key;
    }

    /// <summary>Where a key comes from, for people.</summary>
    public string SourceOf(string name) => _used.Contains(name) ? PathOf(name) : "set by configuration";

    private string PathOf(string name) => Path.Combine(directory.Path, name);

    /// <summary>Whole or not at all: a process killed here leaves no half key behind.</summary>
    private static void Write(string path, string key)
    {
        string draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(key + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
