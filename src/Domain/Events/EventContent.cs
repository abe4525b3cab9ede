using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;

namespace CalendarActors.Domain.Events;

/// <summary>What an event says, apart from when it happens.</summary>
/// <remarks>Equality is by value, collections included, so that an upsert equal to what is there is seen as such.</remarks>
public sealed record EventContent
{
    /// <summary>An event that says nothing.</summary>
    public static EventContent Empty { get; } = new();

    /// <summary>Title; empty when there is none.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Plain text; empty when there is none.</summary>
    public string Description { get; init; } = "";

    /// <summary>Place as text; null when there is none.</summary>
    public string? Location { get; init; }

    /// <summary>Place as a point; null when there is none.</summary>
    public GeoPoint? Geo { get; init; }

    /// <summary>A link that belongs to the event; null when there is none.</summary>
    public string? Url { get; init; }

    /// <summary>Whether the event is certain.</summary>
    public EventStatus Status { get; init; }

    /// <summary>How it takes time.</summary>
    public Transparency Transparency { get; init; }

    /// <summary>True when its class is private or confidential (RFC 5545 section 3.8.1.3).</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Labels; empty when there are none.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Colour as <c>#RRGGBB</c> or a CSS name (RFC 7986 section 5.9); null when there is none.</summary>
    public string? Color { get; init; }

    /// <summary>Who called the meeting; null for a plain appointment.</summary>
    public Organizer? Organizer { get; init; }

    /// <summary>Who is invited; empty for a plain appointment.</summary>
    public ImmutableArray<Attendee> Attendees { get; init; } = [];

    /// <summary>Minutes before the start at which to remind, in order of priority; at most five are written.</summary>
    public ImmutableArray<int> Reminders { get; init; } = [];

    /// <summary>The best known link to join; null when there is none.</summary>
    public string? MeetingUrl { get; init; }

    /// <summary>Files of applications that it refers to, in the order of <see cref="AttachedFile.InOrder"/>; those of others are not here.</summary>
    public ImmutableArray<AttachedFile> Attachments { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(EventContent? other) =>
        other is not null
        && Summary == other.Summary && Description == other.Description && Location == other.Location
        && Geo == other.Geo && Url == other.Url && Status == other.Status && Transparency == other.Transparency
        && IsPrivate == other.IsPrivate && Color == other.Color && Organizer == other.Organizer
        && MeetingUrl == other.MeetingUrl
        && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal)
        && Attendees.SequenceEqual(other.Attendees)
        && Reminders.SequenceEqual(other.Reminders)
        && Attachments.SequenceEqual(other.Attachments);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Summary, Description, Location, Status, Attendees.Length);

    /// <summary>Prints no content: titles never reach a log.</summary>
    public override string ToString() => $"EventContent({Status}, {Transparency})";
}
