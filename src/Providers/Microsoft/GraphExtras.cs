using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Providers.ICalendar;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What an application wrote and Graph has no field for, or only a coarser one.</summary>
/// <remarks>
/// Each value counts only while the field beside it still agrees with it: another client changes the field and knows
/// nothing of ours.
/// </remarks>
internal sealed record GraphExtras
{
    // Exchange takes more; a longer one is not ours.
    private const int MaxLength = 16 * 1024;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>IANA zone of the start; counts while Microsoft's name for it is the one that is there.</summary>
    public string? Zone { get; init; }

    /// <summary>IANA zone of the end.</summary>
    public string? EndZone { get; init; }

    /// <summary>The rule as RFC 5545 writes it; counts while it comes to the pattern that is there.</summary>
    public string? Rule { get; init; }

    /// <summary>The event's link.</summary>
    public string? Url { get; init; }

    /// <summary><c>#RRGGBB</c>.</summary>
    public string? Color { get; init; }

    /// <summary>All reminders; count while the first is the one that is there.</summary>
    public ImmutableArray<int>? Reminders { get; init; }

    /// <summary>Decimal degrees as written; with <see cref="Longitude"/> it counts while the place is <see cref="Place"/>.</summary>
    public string? Latitude { get; init; }

    /// <summary>Decimal degrees as written.</summary>
    public string? Longitude { get; init; }

    /// <summary>The place's name when the point was written; empty for none.</summary>
    public string? Place { get; init; }

    /// <summary>Nothing.</summary>
    public static GraphExtras None { get; } = new();

    /// <summary>Reads the property; nothing when it is not one of ours.</summary>
    public static GraphExtras Parse(string? text)
    {
        if (text is null || text.Length > MaxLength)
        {
            return None;
        }

        try
        {
            return JsonSerializer.Deserialize<GraphExtras>(text, Json) ?? None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>What there is to keep of an event.</summary>
    public static GraphExtras Of(CalendarObject wanted)
    {
        EventDefinition master = wanted.Master!;
        EventContent content = master.Content;
        RecurrenceRule? rule = wanted.Rules.IsEmpty ? null : wanted.Rules[0];
        return new GraphExtras
        {
            Zone = master.Start.ZoneId,
            EndZone = master.End.ZoneId,
            Rule = rule is null ? null : RecurrenceText.Format(rule, master.Start),
            Url = content.Url,
            Color = content.Color,
            Reminders = content.Reminders.Length > 1 ? content.Reminders : null,
            Latitude = content.Geo?.Latitude,
            Longitude = content.Geo?.Longitude,
            Place = content.Geo is null ? null : content.Location ?? "",
        };
    }

    /// <summary>The zone as written, where Microsoft's name does not tell.</summary>
    /// <param name="written">One of our zones.</param>
    /// <param name="read">The zone that is there.</param>
    public static string? Exact(string? written, string? read) =>
        written is not null && ZoneIds.Resolve(written) is { } exact && ZoneIds.Resolve(read) is { } coarse
        && GraphTimes.IsOneAtMicrosoft(exact, coarse)
            ? exact
            : read;

    /// <summary>The text of the property.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json);
}
