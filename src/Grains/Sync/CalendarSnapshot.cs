using System.Collections.Immutable;
using CalendarActors.Domain.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>What readers of a calendar see: swapped as a whole after every commit, never changed.</summary>
/// <remarks>It shares the rows' own objects, so an idle calendar keeps its content in memory once, sealed.</remarks>
internal sealed class CalendarSnapshot(
    string calendarId,
    CalendarScheduleState schedule,
    ImmutableArray<IntentState> intents,
    ImmutableArray<ClearingState> clearings,
    ExpandedWindow window)
{
    public string CalendarId => calendarId;

    public CalendarScheduleState Schedule => schedule;

    public ImmutableArray<IntentState> Intents => intents;

    public ImmutableArray<ClearingState> Clearings => clearings;

    public ExpandedWindow Window => window;

    /// <summary>Made when busy times are first read; null before.</summary>
    public BusyIndex? Busy { get; set; }
}
