using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="EventContent"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("event-content")]
public struct EventContentSurrogate
{
    /// <summary>See <see cref="EventContent.Summary"/>.</summary>
    [Id(0)]
    public string Summary { get; set; }

    /// <summary>See <see cref="EventContent.Description"/>.</summary>
    [Id(1)]
    public string Description { get; set; }

    /// <summary>See <see cref="EventContent.Location"/>.</summary>
    [Id(2)]
    public string? Location { get; set; }

    /// <summary>See <see cref="EventContent.Geo"/>.</summary>
    [Id(3)]
    public GeoPoint? Geo { get; set; }

    /// <summary>See <see cref="EventContent.Url"/>.</summary>
    [Id(4)]
    public string? Url { get; set; }

    /// <summary>See <see cref="EventContent.Status"/>.</summary>
    [Id(5)]
    public EventStatus Status { get; set; }

    /// <summary>See <see cref="EventContent.Transparency"/>.</summary>
    [Id(6)]
    public Transparency Transparency { get; set; }

    /// <summary>See <see cref="EventContent.IsPrivate"/>.</summary>
    [Id(7)]
    public bool IsPrivate { get; set; }

    /// <summary>See <see cref="EventContent.Categories"/>.</summary>
    [Id(8)]
    public ImmutableArray<string> Categories { get; set; }

    /// <summary>See <see cref="EventContent.Color"/>.</summary>
    [Id(9)]
    public string? Color { get; set; }

    /// <summary>See <see cref="EventContent.Organizer"/>.</summary>
    [Id(10)]
    public Organizer? Organizer { get; set; }

    /// <summary>See <see cref="EventContent.Attendees"/>.</summary>
    [Id(11)]
    public ImmutableArray<Attendee> Attendees { get; set; }

    /// <summary>See <see cref="EventContent.Reminders"/>.</summary>
    [Id(12)]
    public ImmutableArray<int> Reminders { get; set; }

    /// <summary>See <see cref="EventContent.MeetingUrl"/>.</summary>
    [Id(13)]
    public string? MeetingUrl { get; set; }

    /// <summary>See <see cref="EventContent.Attachments"/>; default for none, as in rows from before there were any.</summary>
    [Id(14)]
    public ImmutableArray<AttachedFile> Attachments { get; set; }
}

/// <summary>Converts <see cref="EventContent"/>.</summary>
[RegisterConverter]
public sealed class EventContentConverter : IConverter<EventContent, EventContentSurrogate>
{
    /// <inheritdoc/>
    public EventContent ConvertFromSurrogate(in EventContentSurrogate surrogate) => new()
    {
        Summary = surrogate.Summary,
        Description = surrogate.Description,
        Location = surrogate.Location,
        Geo = surrogate.Geo,
        Url = surrogate.Url,
        Status = surrogate.Status,
        Transparency = surrogate.Transparency,
        IsPrivate = surrogate.IsPrivate,
        Categories = surrogate.Categories,
        Color = surrogate.Color,
        Organizer = surrogate.Organizer,
        Attendees = surrogate.Attendees,
        Reminders = surrogate.Reminders,
        MeetingUrl = surrogate.MeetingUrl,
        Attachments = surrogate.Attachments.IsDefault ? [] : surrogate.Attachments,
    };

    /// <inheritdoc/>
    public EventContentSurrogate ConvertToSurrogate(in EventContent value) => new()
    {
        Summary = value.Summary,
        Description = value.Description,
        Location = value.Location,
        Geo = value.Geo,
        Url = value.Url,
        Status = value.Status,
        Transparency = value.Transparency,
        IsPrivate = value.IsPrivate,
        Categories = value.Categories,
        Color = value.Color,
        Organizer = value.Organizer,
        Attendees = value.Attendees,
        Reminders = value.Reminders,
        MeetingUrl = value.MeetingUrl,
        Attachments = value.Attachments.IsEmpty ? default : value.Attachments,
    };
}
