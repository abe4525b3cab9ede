using CalendarActors.Domain.Events;
using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>An item as we last heard of it.</summary>
/// <param name="Id">The provider's id within the calendar.</param>
/// <param name="Version">The provider's version; null when it gives none.</param>
/// <param name="Object">What it holds.</param>
/// <param name="Created">The provider's word, or our first commit.</param>
/// <param name="Updated">Our commit time of its last visible change.</param>
public sealed record KnownItem(string Id, string? Version, CalendarObject Object, Instant Created, Instant Updated)
{
    /// <summary>True when a reader would see no difference: bookkeeping times aside, both say the same.</summary>
    public bool SaysTheSameAs(CalendarObject other) => SayTheSame(Object, other);

    /// <summary>True when a reader would see no difference between two.</summary>
    public static bool SayTheSame(CalendarObject one, CalendarObject other) => Plain(one) == Plain(other);

    /// <summary>Prints the id only.</summary>
    public override string ToString() => $"KnownItem({Id})";

    private static CalendarObject Plain(CalendarObject o) => o with { Created = null, LastModified = null };
}
