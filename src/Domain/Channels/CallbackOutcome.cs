namespace CalendarActors.Domain.Channels;

/// <summary>The closed list of ways in which a call of an application ends. The numbers are stored.</summary>
public enum CallbackOutcome
{
    /// <summary>A status from 200 to 299.</summary>
    Accepted = 0,

    /// <summary>410: nobody wants this any more.</summary>
    Gone = 1,

    /// <summary>Another status, redirects included.</summary>
    Refused = 2,

    /// <summary>No status in time.</summary>
    TimedOut = 3,

    /// <summary>No such host name, nobody listens there, or the connection broke.</summary>
    Unreachable = 4,

    /// <summary>No trusted TLS connection.</summary>
    TlsFailed = 5,

    /// <summary>The address may not be called from here.</summary>
    NotAllowed = 6,
}
