using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Persons;

/// <summary>Several changes as one.</summary>
internal static class ChangeOrigins
{
    /// <summary>Of more than that, only whose events they are is kept.</summary>
    public const int Most = 50;

    /// <summary>The origins of both, each once.</summary>
    /// <remarks>Who wrote is only there to spare the writer: forgotten, they hear of what they know.</remarks>
    public static ImmutableArray<ChangeOrigin> Joined(ImmutableArray<ChangeOrigin> earlier, ImmutableArray<ChangeOrigin> later)
    {
        ImmutableArray<ChangeOrigin> all = [.. earlier.Union(later)];
        return all.Length <= Most ? all : [.. all.Select(o => o with { WrittenBy = null }).Distinct()];
    }
}
