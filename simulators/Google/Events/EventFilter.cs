using CalendarActors.Simulators.Google.Calendars;
using CalendarActors.Simulators.Google.Wire;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Google.Events;

/// <summary>Which events a listing wants.</summary>
internal sealed record EventFilter
{
    private static readonly string[] SearchedMembers = ["summary", "description", "location"];

    /// <summary>Events that end after this.</summary>
    public Instant? From { get; init; }

    /// <summary>Events that start before this.</summary>
    public Instant? To { get; init; }

    public Instant? UpdatedFrom { get; init; }

    public string? ICalUid { get; init; }

    public string? Words { get; init; }

    /// <summary>Of instances: the one that was to start then.</summary>
    public Instant? OriginalStart { get; init; }

    public IReadOnlyList<string> EventTypes { get; init; } = [];

    public IReadOnlyList<string> PrivateProperties { get; init; } = [];

    public IReadOnlyList<string> SharedProperties { get; init; } = [];

    public bool ShowsDeleted { get; init; }

    public bool IsExpanded { get; init; }

    public bool IsOrderedByStart { get; init; }

    /// <summary>Incremental listings are cut by nothing that the first one was cut by.</summary>
    public static EventFilter Read(IQueryCollection query, bool isIncremental) => isIncremental
        ? new EventFilter { IsExpanded = query["singleEvents"] == "true", ShowsDeleted = true, EventTypes = Many(query, "eventTypes") }
        : new EventFilter
        {
            From = Moment(query, "timeMin"),
            To = Moment(query, "timeMax"),
            UpdatedFrom = Moment(query, "updatedMin"),
            ICalUid = query["iCalUID"].FirstOrDefault(),
            Words = query["q"].FirstOrDefault(),
            OriginalStart = Moment(query, "originalStart"),
            EventTypes = Many(query, "eventTypes"),
            PrivateProperties = Many(query, "privateExtendedProperty"),
            SharedProperties = Many(query, "sharedExtendedProperty"),
            ShowsDeleted = query["showDeleted"] == "true" || query.ContainsKey("updatedMin"),
            IsExpanded = query["singleEvents"] == "true",
            IsOrderedByStart = query["orderBy"] == "startTime",
        }.Checked();

    /// <summary>True when what is not a matter of time fits.</summary>
    public bool Takes(StoredEvent item) =>
        (ICalUid is null || item.Json.Text("iCalUID") == ICalUid)
        && (EventTypes.Count == 0 || item.IsCancelled || EventTypes.Contains(item.Json.Text("eventType") ?? "default", StringComparer.Ordinal))
        && (UpdatedFrom is not { } from || InstantPattern.ExtendedIso.Parse(item.Json.Text("updated")!).Value >= from)
        && (Words is not { } words || IsSaid(item, words))
        && PrivateProperties.All(pair => HasProperty(item, "private", pair))
        && SharedProperties.All(pair => HasProperty(item, "shared", pair));

    public bool Meets(EventTimes times) =>
        (From is not { } from || times.End.At > from || (times.End.At == times.Start.At && times.End.At == from))
        && (To is not { } to || times.Start.At < to);

    public bool Meets(Instant at) => (From is not { } from || at > from) && (To is not { } to || at < to);

    private EventFilter Checked() => From is { } from && To is { } to && from >= to
        ? throw new GoogleProblemException(400, "timeRangeEmpty", "The specified time range is empty.", "calendar", "timeMax")
        : this;

    private static bool IsSaid(StoredEvent item, string words) =>
        Array.Exists(SearchedMembers, name =>
            item.Json.Text(name)?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);

    private static bool HasProperty(StoredEvent item, string kind, string pair) =>
        pair.Split('=', 2) is [var name, var value] && item.Json.Object("extendedProperties")?.Object(kind)?.Text(name) == value;

    private static string[] Many(IQueryCollection query, string name) => [.. query[name].OfType<string>()];

    private static Instant? Moment(IQueryCollection query, string name)
    {
        if (query[name].FirstOrDefault() is not { } text)
        {
            return null;
        }

        var moment = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return moment.Success
            ? moment.Value.ToInstant()
            : throw new GoogleProblemException(400, "badRequest", "Bad Request", "global", name);
    }
}
