namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>What an application may write in one calendar.</summary>
public enum PermissionLevel
{
    /// <summary>Only events of its own.</summary>
    Sandbox = 0,

    /// <summary>Other events of the person's too.</summary>
    Unrestricted = 1,
}
