namespace CalendarActors.Grains.Interfaces.Grants;

/// <summary>How a call through a grant ended. The gateway turns it into a status code, and nothing else does.</summary>
public enum GrantOutcome
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>The access token is unknown, expired or revoked (401).</summary>
    InvalidToken = 1,

    /// <summary>The grant's scope does not permit it (403).</summary>
    InsufficientScope = 2,

    /// <summary>There is no such thing within this grant (404). Says the same of a thing that is somebody else's.</summary>
    NotFound = 3,

    /// <summary>A field is wrong (422): see <see cref="GrantAnswer{T}.Errors"/>.</summary>
    Invalid = 4,

    /// <summary>The login does not work; the person must relink (423).</summary>
    Disconnected = 5,

    /// <summary>Too much is waiting (429).</summary>
    Busy = 6,

    /// <summary>It could not be stored or read just now; trying again is safe (503).</summary>
    Unavailable = 7,

    /// <summary>The person has not allowed the application to change what it did not make (403).</summary>
    Sandboxed = 8,
}
