using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Kit;

namespace CalendarActors.Simulators.Graph.Calendars;

/// <summary>One calendar of a mailbox and all that ever happened in it.</summary>
internal sealed class CalendarFolder(string id, string name, bool isDefault)
{
    public string Id => id;

    public bool IsDefault => isDefault;

    public string Name { get; set; } = name;

    public string Color { get; set; } = "auto";

    public bool CanEdit { get; set; } = true;

    /// <summary>Counts its own changes, for its change key.</summary>
    public long Version { get; set; } = 1;

    public ChangeLog<StoredEvent> Log { get; } = new();
}
