using System.Collections.Immutable;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Domain.Recurrence;

/// <summary>The starts taken out of a series (RFC 5545 section 3.8.5.1, <c>EXDATE</c>).</summary>
internal sealed class Excluded
{
    private readonly HashSet<Instant> _keys = [];
    private readonly HashSet<LocalDate> _days = [];

    internal Excluded(ImmutableArray<CalendarTime> excluded, SeriesNaming naming)
    {
        foreach (CalendarTime time in excluded)
        {
            if (time.IsDate)
            {
                _days.Add(time.Local.Date);
            }
            else
            {
                _keys.Add(naming.KeyOf(naming.AsMaster(time)));
            }
        }
    }

    /// <summary>True when the occurrence, or its whole day as the master writes it, is taken out.</summary>
    internal bool Contains(CalendarTime name, Instant key) =>
        (_keys.Count > 0 && _keys.Contains(key)) || (_days.Count > 0 && _days.Contains(name.Local.Date));
}
