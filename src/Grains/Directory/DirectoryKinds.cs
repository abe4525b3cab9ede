using CalendarActors.Grains.Interfaces.Connections;

namespace CalendarActors.Grains.Directory;

/// <summary>The operator's lists. The names are stored.</summary>
public static class DirectoryKinds
{
    /// <summary>Applications; no parent, the name as text.</summary>
    public const string Application = "application";

    /// <summary>Grants; the application's client id as parent.</summary>
    public const string Grant = "grant";

    /// <summary>Connections; the state's word as parent, the provider's name as text.</summary>
    public const string Connection = "connection";

    /// <summary>Channels; the application's client id as parent.</summary>
    public const string Channel = "channel";

    /// <summary>Uploaded files; the application's client id as parent.</summary>
    public const string Attachment = "attachment";

    /// <summary>A state as the parent of its connections.</summary>
    public static string WordOf(ConnectionState state) => state.ToString().ToLowerInvariant();
}
