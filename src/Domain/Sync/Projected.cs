using NodaTime;

namespace CalendarActors.Domain.Sync;

/// <summary>What readers of a calendar see.</summary>
/// <param name="Happenings">Every happening and tombstone, in no particular order.</param>
/// <param name="UnknownFrom">
/// From here to the end of the window some that take time may be missing, because the calendar's rules cost more than
/// one calendar may: the time is not free but unknown. Null when everything is listed.
/// </param>
/// <param name="GoesOn">True when a series of somebody's managed events takes time behind the window, too.</param>
/// <param name="Formers">By uid, when happenings were before they moved. Of most there is nothing.</param>
public sealed record Projected(
    IReadOnlyList<Happening> Happenings, Instant? UnknownFrom, bool GoesOn, IReadOnlyDictionary<string, List<Former>> Formers);
