using System.Collections.Concurrent;
using CalendarActors.Grains.Interfaces.Owed;

namespace CalendarActors.Silo.Tests.Owed;

/// <summary>Remembers that it was woken.</summary>
[GrainType("silo-tests.owing")]
public sealed class OwingGrain : Grain, IOwesWork
{
    public static ConcurrentBag<string> Woken { get; } = [];

    public Task Wake(CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("cal_broken", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("This grain cannot be woken.");
        }

        Woken.Add(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }
}
