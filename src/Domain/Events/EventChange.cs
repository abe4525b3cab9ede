using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using CalendarActors.Domain.Triggers;

namespace CalendarActors.Domain.Events;

/// <summary>What an upsert asks for: the times and summary always, the rest where the application said something.</summary>
public sealed record EventChange
{
    /// <summary>Inclusive.</summary>
    public required CalendarTime Start { get; init; }

    /// <summary>Exclusive; after <see cref="Start"/> and of the same day-or-time kind.</summary>
    public required CalendarTime End { get; init; }

    /// <summary>Title, up to 1,024 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>Plain text, up to 4,096 characters; empty clears it.</summary>
    public Change<string> Description { get; init; }

    /// <summary>Place as text; null clears it.</summary>
    public Change<string?> Location { get; init; }

    /// <summary>Place as a point; null clears it.</summary>
    public Change<GeoPoint?> Geo { get; init; }

    /// <summary>Link; null clears it.</summary>
    public Change<string?> Url { get; init; }

    /// <summary>How it takes time.</summary>
    public Change<Transparency> Transparency { get; init; }

    /// <summary>Whether it is private.</summary>
    public Change<bool> IsPrivate { get; init; }

    /// <summary>Colour, <c>#RRGGBB</c>; null clears it.</summary>
    public Change<string?> Color { get; init; }

    /// <summary>Minutes before the start, at most five; empty for none.</summary>
    public Change<ImmutableArray<int>> Reminders { get; init; }

    /// <summary>True when <see cref="Reminders"/> count only if the event is created.</summary>
    public bool RemindersOnCreateOnly { get; init; }

    /// <summary>People to invite; who is invited already keeps their answer.</summary>
    public ImmutableArray<Attendee> Invite { get; init; } = [];

    /// <summary>Mail addresses to take off the list.</summary>
    public ImmutableArray<string> Uninvite { get; init; } = [];

    /// <summary>True when the event is another's work: whether it is certain stays as it is.</summary>
    public bool KeepsStatus { get; init; }

    /// <summary>At most one rule; empty ends the series; kept when not said.</summary>
    public Change<ImmutableArray<RecurrenceRule>> Rules { get; init; }

    /// <summary>Calls about the event that its application asks for; empty for none. No part of the event itself.</summary>
    public Change<ImmutableArray<EventSubscription>> Subscriptions { get; init; }

    /// <summary>Ids of the application's attachments, <c>att_…</c>; empty takes them off. Its grant makes <see cref="Attachments"/> of them.</summary>
    public Change<ImmutableArray<string>> AttachmentIds { get; init; }

    /// <summary>The application's attachments in place of those it has; those of others stay.</summary>
    public Change<ImmutableArray<AttachedFile>> Attachments { get; init; }

    /// <summary>What the event becomes.</summary>
    /// <remarks>
    /// Overrides are kept unless start or rules change, when they no longer name any occurrence. Without a word about
    /// transparency a new all-day event is free and a timed one busy.
    /// </remarks>
    /// <param name="existing">The event as it is; null when it is being created.</param>
    /// <param name="uid">The UID of a created event.</param>
    public CalendarObject ApplyTo(CalendarObject? existing, string uid)
    {
        EventDefinition? before = existing?.Master;
        EventContent content = before?.Content ?? EventContent.Empty with
        {
            Transparency = Start.IsDate ? Events.Transparency.Transparent : Events.Transparency.Opaque,
        };
        ImmutableArray<RecurrenceRule> rules = Rules.Or(existing?.Rules ?? []);
        bool occurrencesMove = existing is null || before?.Start != Start || !rules.SequenceEqual(existing.Rules);

        return new CalendarObject
        {
            Uid = existing?.Uid ?? uid,
            Master = new EventDefinition(Start, End, ContentFrom(content, isNew: existing is null)),
            Rules = rules,
            Added = occurrencesMove ? [] : existing!.Added,
            Excluded = occurrencesMove ? [] : existing!.Excluded,
            Overrides = occurrencesMove ? [] : existing!.Overrides,
            Created = existing?.Created,
            LastModified = existing?.LastModified,
        };
    }

    /// <summary>Prints no content.</summary>
    public override string ToString() => "EventChange";

    private EventContent ContentFrom(EventContent before, bool isNew) => before with
    {
        Summary = Summary,
        Description = Description.Or(before.Description),
        Location = Location.Or(before.Location),
        Geo = Geo.Or(before.Geo),
        Url = Url.Or(before.Url),
        Status = KeepsStatus ? before.Status : EventStatus.Confirmed,
        Transparency = Transparency.Or(before.Transparency),
        IsPrivate = IsPrivate.Or(before.IsPrivate),
        Color = Color.Or(before.Color),
        Reminders = RemindersOnCreateOnly && !isNew ? before.Reminders : Reminders.Or(before.Reminders),
        Attendees = AttendeesFrom(before.Attendees),
        Attachments = Attachments.IsSet ? AttachedFile.InOrder(Attachments.Or([])) : before.Attachments,
    };

    private ImmutableArray<Attendee> AttendeesFrom(ImmutableArray<Attendee> before)
    {
        List<Attendee> after = before.Where(a => !Uninvite.Any(a.IsSameMailbox)).ToList();
        after.AddRange(Invite.Where(a => !after.Exists(b => b.IsSameMailbox(a.Email))));
        return [.. after];
    }
}
