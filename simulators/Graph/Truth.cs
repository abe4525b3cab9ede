using System.Text.Json.Nodes;
using CalendarActors.Simulators.Graph.Calendars;
using CalendarActors.Simulators.Graph.Events;
using CalendarActors.Simulators.Graph.Http;
using CalendarActors.Simulators.Graph.Time;
using NodaTime;

namespace CalendarActors.Simulators.Graph;

/// <summary>What is truly there, whatever readers see.</summary>
internal static class Truth
{
    public static IReadOnlyList<JsonObject> Events(Mailbox mailbox, CalendarFolder calendar)
    {
        EventShape shape = Shape(mailbox);
        return [.. calendar.Log.StateAt().Select(change => shape.Of(Instance.Whole(change.Value!)))];
    }

    public static IReadOnlyList<JsonObject> View(Mailbox mailbox, CalendarFolder calendar, DateTimeOffset start, DateTimeOffset end)
    {
        EventShape shape = Shape(mailbox);
        var window = new Window(Instant.FromDateTimeOffset(start), Instant.FromDateTimeOffset(end));
        return [.. calendar.Log.StateAt().SelectMany(change => Instances.Within(change.Value!, window))
            .OrderBy(static one => one.Start.Instant).ThenBy(static one => one.Event.Id, StringComparer.Ordinal).Select(shape.Of)];
    }

    private static EventShape Shape(Mailbox mailbox) => new(mailbox, Preferences.Truth, ODataQuery.Everything);
}
