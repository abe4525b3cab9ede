namespace CalendarActors.Simulators.Kit;

/// <summary>What happens to a request.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An error status without doing anything.</summary>
    Status,

    /// <summary>The connection is reset; nothing was done.</summary>
    ResetBefore,

    /// <summary>The request is done; the connection is reset instead of the answer.</summary>
    LoseAnswer,

    /// <summary>The request is done; half of the answer's body arrives, then the connection ends.</summary>
    CutAnswer,

    /// <summary>The request is done late, by the simulator's clock.</summary>
    Slow,

    /// <summary>The request is done; headers and half of the body arrive at once, the rest late by the simulator's clock.</summary>
    SlowBody,

    /// <summary>Nothing is done and nothing is answered until the client gives up.</summary>
    Hang,

    /// <summary>Something that only this provider does; see <see cref="Fault.Seam"/>.</summary>
    Seam,
}
