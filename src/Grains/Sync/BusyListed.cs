using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>A busy time and whose managed event it is; null for an external one.</summary>
internal readonly record struct BusyListed(BusyEntry Entry, ManagedKey? Owner);
