namespace CalendarActors.Silo.Hosting;

/// <summary>The folder that a node owns, from configuration key <c>CalendarActors:DataDirectory</c>.</summary>
public sealed class DataDirectoryOptions
{
    /// <summary>Where it is bound from: the key is a member of the root section.</summary>
    public const string Section = "CalendarActors";

    /// <summary>
    /// A path, relative to the working directory; made at first start, for this user only. Default: <c>data</c>. Holds
    /// the SQLite databases and, for Standalone, the generated keys. With PostgreSQL and configured keys it stays empty.
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary><see cref="DataDirectory"/> in full.</summary>
    public string FullPath => Path.GetFullPath(DataDirectory);

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(DataDirectory))
        {
            yield return "CalendarActors:DataDirectory is empty. Leave CalendarActors__DataDirectory out for ./data, or "
                + "set it to a folder that this user may write.";
        }
        else if (File.Exists(DataDirectory))
        {
            yield return $"CalendarActors:DataDirectory is '{DataDirectory}', which is a file. Set "
                + "CalendarActors__DataDirectory to a folder.";
        }
    }
}
