namespace CalendarActors.Domain.Providers;

/// <summary>The closed list of ways in which a provider call fails. Each says who failed and what to do next.</summary>
public enum ProviderFaultKind
{
    /// <summary>The login was refused. Ask again with a re-read credential; refused repeatedly, the person must reconnect.</summary>
    AuthDead = 1,

    /// <summary>The login is good but lacks a permission. The person must grant it.</summary>
    ScopeMissing = 2,

    /// <summary>Too many requests. Not before <see cref="ProviderFault.NotBefore"/>.</summary>
    Throttled = 3,

    /// <summary>The provider, or the way to it, failed for now. Try later.</summary>
    Transient = 4,

    /// <summary>The calendar or the event is not there (any more).</summary>
    NotFound = 5,

    /// <summary>Somebody else changed it between our reading and our writing, more often than we tried again.</summary>
    Conflict = 6,

    /// <summary>The cursor is worthless. Start a new generation.</summary>
    ResyncRequired = 7,

    /// <summary>The provider understood and refuses. Trying again is pointless.</summary>
    Rejected = 8,

    /// <summary>The address given is not such a provider.</summary>
    NotAProvider = 9,

    /// <summary>This installation may not contact the address: a private network, or no encryption.</summary>
    AddressNotAllowed = 10,
}
