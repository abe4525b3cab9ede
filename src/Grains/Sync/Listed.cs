using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>An entry and whose managed event it is; null for an external one.</summary>
internal readonly record struct Listed(EventEntry Entry, ManagedKey? Owner);
