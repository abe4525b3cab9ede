using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Attachments;

/// <summary>A calendar in which events may have a file, as stored.</summary>
/// <param name="CalendarId"><c>cal_…</c>.</param>
/// <param name="GrantId">By which grant.</param>
/// <param name="PersonId">Whose calendar it is.</param>
/// <param name="Key">The file's own key, sealed with the person's: with that one it is gone.</param>
/// <param name="UnusedSince">When a look first found no event that has it; null while one has, and from attaching to the next look.</param>
[GenerateSerializer, Immutable, Alias("stored-use")]
internal sealed record StoredUse(
    [property: Id(0)] string CalendarId,
    [property: Id(1)] string GrantId,
    [property: Id(2)] string PersonId,
    [property: Id(3)] SealedSecret Key,
    [property: Id(4)] Instant? UnusedSince);
