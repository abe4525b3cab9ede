namespace CalendarActors.TestKit.CalDavServers;

/// <summary>What the proxy does to a request.</summary>
public enum ProxyFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is reset before the server sees the request.</summary>
    ResetBefore,

    /// <summary>The server does its work; the connection is reset instead of the answer.</summary>
    LoseAnswer,

    /// <summary>Half of the answer's body, then a reset.</summary>
    CutAnswer,

    /// <summary>401 without asking the server.</summary>
    Refuse401,

    /// <summary>429 with <c>Retry-After</c>, without asking the server; see <see cref="FaultProxy.AskedWait"/>.</summary>
    Throttle429,

    /// <summary>500 without asking the server.</summary>
    Fail500,

    /// <summary>503 without asking the server.</summary>
    Fail503,

    /// <summary>403 <c>valid-sync-token</c> to a report of changes, without asking the server.</summary>
    RefuseSyncToken,

    /// <summary>An empty success to a report of changes, with the token it was asked with, without asking the server.</summary>
    EmptySync,

    /// <summary>No answer until the client gives up, without asking the server.</summary>
    Hang,
}
