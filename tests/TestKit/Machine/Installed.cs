namespace CalendarActors.TestKit.Machine;

/// <summary>What the machine that runs the tests has installed. <c>eng/test.sh</c> installs it.</summary>
public static class Installed
{
    // Debian keeps servers outside a user's PATH.
    private static readonly string[] ServerFolders =
        ["/usr/sbin", "/usr/local/sbin", "/usr/lib/cyrus/bin"];

    /// <summary>True where a missing part is a failure, not a skip.</summary>
    public static bool IsContinuousIntegration { get; } =
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Full path of a program; null when it is not installed.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(ServerFolders)
            .Concat(PostgreSqlFolders())
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs these programs is skipped; null when it must run.</summary>
    public static string? SkipReason(params string[] programs)
    {
        string[] missing = programs.Where(program => Find(program) is null).ToArray();
        return missing.Length == 0 || IsContinuousIntegration
            ? null
            : $"{string.Join(", ", missing)} not installed: run eng/test.sh";
    }

    private static IEnumerable<string> PostgreSqlFolders() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Reverse()
                .Select(version => Path.Combine(version, "bin"))
            : [];
}
