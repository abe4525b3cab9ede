using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>A <see cref="EventChange"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("event-change")]
public struct EventChangeSurrogate
{
    /// <summary>See <see cref="EventChange.Start"/>.</summary>
    [Id(0)]
    public CalendarTime Start { get; set; }

    /// <summary>See <see cref="EventChange.End"/>.</summary>
    [Id(1)]
    public CalendarTime End { get; set; }

    /// <summary>See <see cref="EventChange.Summary"/>.</summary>
    [Id(2)]
    public string Summary { get; set; }

    /// <summary>See <see cref="EventChange.Description"/>.</summary>
    [Id(3)]
    public Change<string> Description { get; set; }

    /// <summary>See <see cref="EventChange.Location"/>.</summary>
    [Id(4)]
    public Change<string?> Location { get; set; }

    /// <summary>See <see cref="EventChange.Geo"/>.</summary>
    [Id(5)]
    public Change<GeoPoint?> Geo { get; set; }

    /// <summary>See <see cref="EventChange.Url"/>.</summary>
    [Id(6)]
    public Change<string?> Url { get; set; }

    /// <summary>See <see cref="EventChange.Transparency"/>.</summary>
    [Id(7)]
    public Change<Transparency> Transparency { get; set; }

    /// <summary>See <see cref="EventChange.IsPrivate"/>.</summary>
    [Id(8)]
    public Change<bool> IsPrivate { get; set; }

    /// <summary>See <see cref="EventChange.Color"/>.</summary>
    [Id(9)]
    public Change<string?> Color { get; set; }

    /// <summary>See <see cref="EventChange.Reminders"/>.</summary>
    [Id(10)]
    public Change<ImmutableArray<int>> Reminders { get; set; }

    /// <summary>See <see cref="EventChange.RemindersOnCreateOnly"/>.</summary>
    [Id(11)]
    public bool RemindersOnCreateOnly { get; set; }

    /// <summary>See <see cref="EventChange.Invite"/>.</summary>
    [Id(12)]
    public ImmutableArray<Attendee> Invite { get; set; }

    /// <summary>See <see cref="EventChange.Uninvite"/>.</summary>
    [Id(13)]
    public ImmutableArray<string> Uninvite { get; set; }

    /// <summary>See <see cref="EventChange.Rules"/>.</summary>
    [Id(14)]
    public Change<ImmutableArray<RecurrenceRule>> Rules { get; set; }

    /// <summary>See <see cref="EventChange.KeepsStatus"/>.</summary>
    [Id(15)]
    public bool KeepsStatus { get; set; }

    /// <summary>See <see cref="EventChange.Subscriptions"/>.</summary>
    [Id(16)]
    public Change<ImmutableArray<EventSubscription>> Subscriptions { get; set; }

    /// <summary>See <see cref="EventChange.AttachmentIds"/>.</summary>
    [Id(17)]
    public Change<ImmutableArray<string>> AttachmentIds { get; set; }

    /// <summary>See <see cref="EventChange.Attachments"/>.</summary>
    [Id(18)]
    public Change<ImmutableArray<AttachedFile>> Attachments { get; set; }
}

/// <summary>Converts <see cref="EventChange"/>.</summary>
[RegisterConverter]
public sealed class EventChangeConverter : IConverter<EventChange, EventChangeSurrogate>
{
    /// <inheritdoc/>
    public EventChange ConvertFromSurrogate(in EventChangeSurrogate surrogate) => new()
    {
        Start = surrogate.Start,
        End = surrogate.End,
        Summary = surrogate.Summary,
        Description = surrogate.Description,
        Location = surrogate.Location,
        Geo = surrogate.Geo,
        Url = surrogate.Url,
        Transparency = surrogate.Transparency,
        IsPrivate = surrogate.IsPrivate,
        Color = surrogate.Color,
        Reminders = surrogate.Reminders,
        RemindersOnCreateOnly = surrogate.RemindersOnCreateOnly,
        Invite = surrogate.Invite,
        Uninvite = surrogate.Uninvite,
        Rules = surrogate.Rules,
        KeepsStatus = surrogate.KeepsStatus,
        Subscriptions = surrogate.Subscriptions,
        AttachmentIds = surrogate.AttachmentIds,
        Attachments = surrogate.Attachments,
    };

    /// <inheritdoc/>
    public EventChangeSurrogate ConvertToSurrogate(in EventChange value) => new()
    {
        Start = value.Start,
        End = value.End,
        Summary = value.Summary,
        Description = value.Description,
        Location = value.Location,
        Geo = value.Geo,
        Url = value.Url,
        Transparency = value.Transparency,
        IsPrivate = value.IsPrivate,
        Color = value.Color,
        Reminders = value.Reminders,
        RemindersOnCreateOnly = value.RemindersOnCreateOnly,
        Invite = value.Invite,
        Uninvite = value.Uninvite,
        Rules = value.Rules,
        KeepsStatus = value.KeepsStatus,
        Subscriptions = value.Subscriptions,
        AttachmentIds = value.AttachmentIds,
        Attachments = value.Attachments,
    };
}
