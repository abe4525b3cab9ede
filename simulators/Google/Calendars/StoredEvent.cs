using System.Text.Json.Nodes;
using CalendarActors.Simulators.Google.Wire;

namespace CalendarActors.Simulators.Google.Calendars;

/// <summary>One version of an event. Its JSON is never changed once it is stored.</summary>
/// <param name="Json">The event without anyone's view on it.</param>
/// <param name="IsGone">Deleted: a tombstone. A cancelled exception of a living series is not gone.</param>
internal sealed record StoredEvent(JsonObject Json, bool IsGone)
{
    public string Id => Json.Text("id")!;

    public string? SeriesId => Json.Text("recurringEventId");

    public bool IsCancelled => Json.Text("status") == "cancelled";
}
