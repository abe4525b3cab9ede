namespace CalendarActors.Simulators.Graph.Delta;

/// <summary>Names of the faults that only delta has, for <see cref="Kit.Fault.OfProvider"/>.</summary>
public static class DeltaFaults
{
    /// <summary>A page without rows that goes on.</summary>
    public const string EmptyPage = "delta-empty-page";

    /// <summary>A page whose first rows are those at the end of the page before, or that has its rows twice.</summary>
    public const string Repeat = "delta-repeat";

    /// <summary>A round that tells older changes again.</summary>
    public const string Replay = "delta-replay";

    /// <summary>A page that leaves series masters out; clients must ask for them.</summary>
    public const string MastersMissing = "delta-masters-missing";

    /// <summary>410 SyncStateNotFound with a Location that starts anew.</summary>
    public const string Gone = "delta-gone";

    /// <summary>400 with the code syncStateNotFound instead of 410.</summary>
    public const string GoneAsBadRequest = "delta-gone-400";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [EmptyPage, Repeat, Replay, MastersMissing, Gone, GoneAsBadRequest];
}
