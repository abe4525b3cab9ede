using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>How something is watched.</summary>
/// <param name="Held">What listens to the provider, oldest first.</param>
/// <param name="Failures">Failed attempts to start or renew a watch, in a row.</param>
/// <param name="NotBefore">No attempt before then.</param>
internal readonly record struct WatchRecord(ImmutableArray<WatchState> Held, int Failures, Instant? NotBefore);
