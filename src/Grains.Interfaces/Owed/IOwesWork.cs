using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Owed;

/// <summary>A grain that may owe work which it stored and has not finished.</summary>
[Alias("owes-work"), GrainInterfaceType("owes-work")]
public interface IOwesWork : IGrainWithStringKey
{
    /// <summary>Reminds the grain to finish what it owes. Answers at once; calling it for nothing is harmless.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("wake"), AlwaysInterleave]
    Task Wake(CancellationToken cancellationToken);
}
