namespace CalendarActors.Providers.Outbound;

/// <summary>The closed list of ways in which an outbound call ends without an answer.</summary>
internal enum OutboundFaultKind
{
    /// <summary>The address is not public and nothing in <see cref="OutboundOptions"/> allows it.</summary>
    AddressNotAllowed = 1,

    /// <summary>Plain http to a host that may only be called over https.</summary>
    InsecureScheme = 2,

    /// <summary>No such host name.</summary>
    NameUnknown = 3,

    /// <summary>Nobody listens there, or the network does not reach it.</summary>
    Unreachable = 4,

    /// <summary>The TLS handshake failed: a certificate that is not trusted, or no TLS at all.</summary>
    TlsFailed = 5,

    /// <summary>No full answer in time.</summary>
    TimedOut = 6,

    /// <summary>The connection broke before the answer was complete, twice.</summary>
    Cut = 7,

    /// <summary>The answer is longer than allowed.</summary>
    TooLarge = 8,

    /// <summary>More redirects than allowed, or one that may not be followed.</summary>
    RedirectRefused = 9,
}
