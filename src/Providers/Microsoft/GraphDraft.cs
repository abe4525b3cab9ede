using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using Microsoft.Graph.Models;
using DomainAttendee = CalendarActors.Domain.Events.Attendee;
using GraphAttendee = Microsoft.Graph.Models.Attendee;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What to send to Graph so that an event becomes what is wanted: only the fields that differ.</summary>
internal sealed class GraphDraft
{
    private GraphDraft(Event fields, string? words)
    {
        Fields = fields;
        Words = words;
    }

    /// <summary>The body of the request.</summary>
    public Event Fields { get; }

    /// <summary>The new description; null when it stays. An online meeting's needs more than the words.</summary>
    public string? Words { get; }

    /// <summary>Why Graph cannot have the event, completing "Microsoft calendars cannot have …"; null when it can.</summary>
    public static string? RefusalOf(CalendarObject wanted) => wanted switch
    {
        { Rules.Length: > 1 } => "a series of several rules",
        { Added.IsEmpty: false } => "a series with added days",
        { Rules: [var rule] } => GraphRecurrence.Write(rule, wanted.Master!.Start).Refusal,
        _ => null,
    };

    /// <summary>A new event.</summary>
    public static GraphDraft New(CalendarObject wanted, bool saysReminders)
    {
        var row = new Event();
        EventContent content = wanted.Master!.Content;
        SetTimes(row, wanted);
        SetContent(row, null, EventContent.Empty, content);
        row.Subject = content.Summary;
        row.ShowAs = ShowAs(content.Transparency);
        if (content.Description.Length > 0)
        {
            row.Body = TextBody(content.Description);
        }

        if (saysReminders)
        {
            SetReminders(row, content.Reminders);
        }

        if (!wanted.Rules.IsEmpty)
        {
            row.Recurrence = GraphRecurrence.Write(wanted.Rules[0], wanted.Master.Start).Recurrence;
        }

        GraphProperties.Set(row, GraphProperties.Extras, GraphExtras.Of(wanted).ToString());
        return new GraphDraft(row, null);
    }

    /// <summary>The difference; null when there is none.</summary>
    /// <param name="existing">As Graph has it.</param>
    /// <param name="before">The same, read.</param>
    /// <param name="wanted">What it becomes.</param>
    public static GraphDraft? Between(Event existing, CalendarObject before, CalendarObject wanted)
    {
        EventDefinition was = before.Master!;
        EventDefinition master = wanted.Master!;

        // Nothing that we write calls an event off, or back on.
        if (was == master with { Content = master.Content with { Status = was.Content.Status } }
            && before.Rules.SequenceEqual(wanted.Rules))
        {
            return null;
        }

        var row = new Event();
        SetContent(row, existing, was.Content, master.Content);
        bool isMoved = was.Start != master.Start || was.End != master.End;
        if (isMoved)
        {
            SetTimes(row, wanted);
        }

        SetSeries(row, existing, before, wanted, isMoved: was.Start != master.Start);
        GraphProperties.Set(row, GraphProperties.Extras, GraphExtras.Of(wanted).ToString());
        return new GraphDraft(row, was.Content.Description == master.Content.Description ? null : master.Content.Description);
    }

    /// <summary>A body of words only.</summary>
    public static ItemBody TextBody(string words) => new() { ContentType = BodyType.Text, Content = words };

    private static void SetTimes(Event row, CalendarObject wanted)
    {
        row.IsAllDay = wanted.Master!.Start.IsDate;
        row.Start = GraphTimes.Write(wanted.Master.Start);
        row.End = GraphTimes.Write(wanted.Master.End);
    }

    // The same pattern in other words is no reason to send it: Exchange drops all exceptions when it gets one.
    private static void SetSeries(Event row, Event existing, CalendarObject before, CalendarObject wanted, bool isMoved)
    {
        if (wanted.Rules.IsEmpty)
        {
            if (!before.Rules.IsEmpty)
            {
                row.AdditionalData["recurrence"] = null!;
            }

            return;
        }

        PatternedRecurrence recurrence = GraphRecurrence.Write(wanted.Rules[0], wanted.Master!.Start).Recurrence!;
        RecurrenceRule? there = existing.Recurrence is null ? null : GraphRecurrence.Read(existing.Recurrence);
        if (isMoved || there is null || there != GraphRecurrence.Read(recurrence))
        {
            row.Recurrence = recurrence;
        }
    }

    private static void SetContent(Event row, Event? existing, EventContent before, EventContent after)
    {
        // A null that is set is sent, and empties the field: what stays is not touched.
        if (before.Summary != after.Summary)
        {
            row.Subject = after.Summary;
        }

        if (before.Transparency != after.Transparency)
        {
            row.ShowAs = ShowAs(after.Transparency);
        }

        if (before.IsPrivate != after.IsPrivate)
        {
            row.Sensitivity = after.IsPrivate ? Sensitivity.Private : Sensitivity.Normal;
        }

        if (before.Location != after.Location || before.Geo != after.Geo)
        {
            row.Location = new Location
            {
                DisplayName = after.Location ?? "",
                Coordinates = after.Geo is { } geo
                    ? new OutlookGeoCoordinates { Latitude = Degrees(geo.Latitude), Longitude = Degrees(geo.Longitude) }
                    : null,
            };
        }

        if (!before.Reminders.SequenceEqual(after.Reminders))
        {
            SetReminders(row, after.Reminders);
        }

        if (!before.Attendees.SequenceEqual(after.Attendees))
        {
            row.Attendees = AttendeesOf(existing, after.Attendees);
        }
    }

    private static void SetReminders(Event row, ImmutableArray<int> reminders)
    {
        row.IsReminderOn = !reminders.IsEmpty;
        if (!reminders.IsEmpty)
        {
            row.ReminderMinutesBeforeStart = reminders[0];
        }
    }

    // Those who stay keep what Graph says of them: kind, answer, proposals.
    private static List<GraphAttendee> AttendeesOf(Event? existing, ImmutableArray<DomainAttendee> wanted) =>
    [
        .. wanted.Select(a =>
            existing?.Attendees?.FirstOrDefault(b => b.EmailAddress?.Address is { } mail && a.IsSameMailbox(mail.Trim()))
            ?? new GraphAttendee
            {
                Type = AttendeeType.Required,
                EmailAddress = new EmailAddress { Address = a.Email.Trim(), Name = a.DisplayName },
            }),
    ];

    private static double? Degrees(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double degrees) ? degrees : null;

    private static FreeBusyStatus ShowAs(Transparency transparency) => transparency switch
    {
        Transparency.Transparent => FreeBusyStatus.Free,
        Transparency.WorkingElsewhere => FreeBusyStatus.WorkingElsewhere,
        Transparency.Tentative => FreeBusyStatus.Tentative,
        Transparency.OutOfOffice => FreeBusyStatus.Oof,
        _ => FreeBusyStatus.Busy,
    };
}
