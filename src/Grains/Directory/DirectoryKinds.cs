namespace CalendarActors.Grains.Directory;

/// <summary>The operator's lists. The names are stored.</summary>
public static class DirectoryKinds
{
    /// <summary>Applications; no parent, the name as text.</summary>
    public const string Application = "application";

    /// <summary>Grants; the application's client id as parent.</summary>
    public const string Grant = "grant";

    /// <summary>Connections; the state's word as parent.</summary>
    public const string Connection = "connection";
}
