using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NodaTime;

namespace CalendarActors.Simulators.Graph.Events;

/// <summary>One version of an event or a series with all that is particular to single days of it. Never changed.</summary>
/// <param name="Id">The immutable id.</param>
/// <param name="MutableId">The id that changes with the folder, for requests that do not ask for immutable ones.</param>
/// <param name="Uid">The 32 hexadecimal digits that are its own in <c>iCalUId</c>.</param>
/// <param name="Version">Number of the change that made this version; all of a mailbox count together.</param>
/// <param name="Created">When it was created.</param>
/// <param name="Modified">When this version was made.</param>
/// <param name="Fields">What was written, start and end as stored. Not to be changed.</param>
internal sealed record StoredEvent(
    string Id, string MutableId, string Uid, long Version, DateTimeOffset Created, DateTimeOffset Modified, JsonObject Fields)
{
    /// <summary>Days of the series that differ, by their original day: only the differing fields.</summary>
    public ImmutableSortedDictionary<LocalDate, JsonObject> Exceptions { get; init; } = ImmutableSortedDictionary<LocalDate, JsonObject>.Empty;

    /// <summary>Days of the series that do not happen.</summary>
    public ImmutableSortedSet<LocalDate> Cancelled { get; init; } = [];

    /// <summary>True for a series.</summary>
    public bool IsSeries => Fields["recurrence"] is JsonObject;

    /// <summary>The change key, which is in the etag too.</summary>
    public string ChangeKey => Convert.ToBase64String(BitConverter.GetBytes(Version));

    /// <summary>The etag.</summary>
    public string ETag => $"W/\"{ChangeKey}\"";
}
