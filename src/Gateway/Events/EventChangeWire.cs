using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using CalendarActors.Gateway.Attachments;
using CalendarActors.Gateway.Wire;

namespace CalendarActors.Gateway.Events;

/// <summary>Reads an upsert. Says everything that is wrong, not the first thing.</summary>
/// <remarks>
/// An absent field stays as it is, null or empty clears it. What a calendar cannot carry yet (conferencing,
/// tags) is refused instead of being dropped in silence; fields that the vendor's documentation does not
/// know are ignored, as it asks.
/// </remarks>
internal static class EventChangeWire
{
    /// <summary>The change; null when the times or the title are missing or wrong.</summary>
    public static EventChange? Read(RequestField root, RequestFaults faults)
    {
        string? zoneId = root["tzid"].Zone();
        CalendarTime? start = EventTimeWire.Read(root["start"], zoneId);
        CalendarTime? end = EventTimeWire.Read(root["end"], zoneId);
        if (start is { } from && end is { } to && !EventRules.IsPair(from, to))
        {
            root["end"].Fault(FieldKeys.InvalidTimePair, "end must be after start, and both dates or both times");
        }

        RequestField summaryField = root["summary"];
        string? summary = summaryField.Require() ? summaryField.Text(EventLimits.Summary) : null;
        RefuseWhatIsNotCarried(root);

        (ImmutableArray<Attendee> invite, ImmutableArray<string> uninvite) = AttendeesWire.Read(root["attendees"]);
        EventChange change = new()
        {
            Start = start ?? default,
            End = end ?? default,
            Summary = summary ?? "",
            Description = Text(root["description"], EventLimits.Description),
            Location = LocationWire.Place(root["location"]),
            Geo = LocationWire.Point(root["location"]),
            Url = Url(root["url"]),
            Transparency = TransparencyOf(root),
            IsPrivate = Flag(root["event_private"]),
            Color = Color(root["color"]),
            Reminders = Reminders(root["reminders"]),
            RemindersOnCreateOnly = root["reminders_create_only"].Flag() ?? false,
            Invite = invite,
            Uninvite = uninvite,
            Rules = RecurrenceWire.Read(root["recurrence"], start, zoneId),
            Subscriptions = SubscriptionWire.Read(root["subscriptions"]),
            AttachmentIds = AttachmentWire.Ids(root["attachments"]),
        };
        return faults.Any ? null : change;
    }

    private static Change<string> Text(RequestField field, int limit)
    {
        if (field.IsAbsent)
        {
            return Change<string>.Keep;
        }

        return Change<string>.To(field.Text(limit) ?? "");
    }

    private static Change<bool> Flag(RequestField field) =>
        field.Flag() is { } value ? Change<bool>.To(value) : Change<bool>.Keep;

    private static Change<string?> Url(RequestField field) =>
        Checked(field, EventLimits.Url, EventRules.IsUrl, "must be an absolute URL");

    private static Change<string?> Color(RequestField field) =>
        Checked(field, 64, EventRules.IsColor, "must be a color such as #49BED8");

    private static Change<string?> Checked(RequestField field, int limit, Func<string, bool> isGood, string description)
    {
        if (field.IsAbsent)
        {
            return Change<string?>.Keep;
        }

        string? text = field.Text(limit);
        if (string.IsNullOrEmpty(text))
        {
            return Change<string?>.To(null);
        }

        if (!isGood(text))
        {
            field.Fault(FieldKeys.InvalidFormat, description);
        }

        return Change<string?>.To(text);
    }

    /// <summary>The extended word says more, so it wins where both are given.</summary>
    private static Change<Transparency> TransparencyOf(RequestField root)
    {
        Change<Transparency> plain = Word(root["transparency"], isExtended: false);
        Change<Transparency> extended = Word(root["extended_transparency"], isExtended: true);
        return extended.IsSet ? extended : plain;
    }

    private static Change<Transparency> Word(RequestField field, bool isExtended)
    {
        if (field.Text(64) is not { Length: > 0 } word)
        {
            return Change<Transparency>.Keep;
        }

        if (EventWords.TransparencyOf(word, isExtended) is { } transparency)
        {
            return Change<Transparency>.To(transparency);
        }

        field.Fault(FieldKeys.NotRecognized, "not recognized");
        return Change<Transparency>.Keep;
    }

    private static Change<ImmutableArray<int>> Reminders(RequestField field)
    {
        if (field.Items(EventLimits.Reminders) is not { } items)
        {
            return Change<ImmutableArray<int>>.Keep;
        }

        ImmutableArray<int>.Builder minutes = ImmutableArray.CreateBuilder<int>();
        foreach (RequestField item in items)
        {
            RequestField value = item["minutes"];
            if (item.ExpectObject() && value.Require() && value.Integer() is { } number)
            {
                if (number is < 0 or > EventLimits.ReminderMinutes)
                {
                    value.Fault(FieldKeys.OutOfRange, $"must be 0 to {EventLimits.ReminderMinutes}");
                }

                minutes.Add(number);
            }
        }

        return Change<ImmutableArray<int>>.To(minutes.ToImmutable());
    }

    private static void RefuseWhatIsNotCarried(RequestField root)
    {
        RequestField tags = root["tags"];
        if (tags.ExpectObject() && tags.Names.Any(name => tags[name].IsGiven && !tags[name].IsEmptyList))
        {
            tags.Fault(FieldKeys.NotSupported, "not supported by this service yet");
        }

        RequestField conferencing = root["conferencing"];
        if (conferencing.ExpectObject() && conferencing["profile_id"].Text(64) is not (null or "" or "none"))
        {
            conferencing["profile_id"].Fault(FieldKeys.NoConferencing, "no conferencing service is available");
        }
    }
}
