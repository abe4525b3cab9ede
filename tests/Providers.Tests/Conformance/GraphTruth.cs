using System.Globalization;
using System.Text.Json.Nodes;
using CalendarActors.Domain.Providers;
using CalendarActors.Domain.Sync;
using CalendarActors.Providers.Microsoft;
using CalendarActors.Simulators.Graph;
using NodaTime;

namespace CalendarActors.Providers.Tests.Conformance;

/// <summary>A window of a calendar in lines of text, once as the simulator's own expansion has it and once as ours does.</summary>
internal static class GraphTruth
{
    public static string Of(GraphSimulator simulator, string calendarId, Interval window) => string.Join(
        '\n',
        simulator.TrueView(calendarId, window.Start.ToDateTimeOffset(), window.End.ToDateTimeOffset())
            .Select(e => $"{Time(e["start"]!)} {Time(e["end"]!)} {e["subject"]} {e["seriesMasterId"] ?? e["id"]}")
            .Order(StringComparer.Ordinal));

    public static string Of(IEnumerable<ProviderItem> items, Interval window) => string.Join(
        '\n',
        items.SelectMany(i => Happenings.Of(i.Object, window, DateTimeZone.Utc).Occurrences, (i, o) =>
            $"{Time(o.StartsAt)} {Time(o.EndsAt)} {o.Content.Summary} {i.Id}").Order(StringComparer.Ordinal));

    /// <summary>The titles of all events with a key of ours.</summary>
    public static string?[] OfKey(GraphSimulator simulator, string calendarId, string key) =>
    [
        .. simulator.TrueEvents(calendarId)
            .Where(e => (string?)e["transactionId"] == GraphProperties.TransactionOf(key))
            .Select(e => (string?)e["subject"]),
    ];

    private static string Time(JsonNode time) => time["dateTime"]!.GetValue<string>()[..19];

    private static string Time(Instant instant) => instant.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
