using System.Collections.Immutable;

namespace CalendarActors.Domain.Providers;

/// <summary>What listing the calendars of a login again came to.</summary>
/// <param name="Calendars">All of them; null when nothing changed since the cursor that was asked with.</param>
/// <param name="Next">What to ask with the next time, opaque; null where a provider cannot say what changed.</param>
public sealed record CalendarListing(ImmutableArray<ProviderCalendar>? Calendars, string? Next)
{
    /// <summary>Prints no calendar.</summary>
    public override string ToString() =>
        Calendars is { } all ? $"CalendarListing({all.Length} calendars)" : "CalendarListing(unchanged)";
}
