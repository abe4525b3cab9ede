namespace CalendarActors.Grains.Interfaces.Connections;

/// <summary>Whether a login still works.</summary>
public enum ConnectionState
{
    /// <summary>It works, as far as we know.</summary>
    Connected = 0,

    /// <summary>The provider refused it definitively and repeatedly; the person must connect again.</summary>
    Disconnected = 1,

    /// <summary>The person or an application took it away; nothing of it is kept.</summary>
    Revoked = 2,
}
