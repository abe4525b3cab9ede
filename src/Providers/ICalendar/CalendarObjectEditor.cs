using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Recurrence;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Applies a change to the text of a resource and leaves alone what the change does not speak of.</summary>
/// <remarks>
/// 1. Read what is there. 2. Ask the domain what it becomes. 3. Edit only the lines whose meaning differs. 4. If any
/// did, stamp the edit. Every other line, parameter and component stays as its author wrote it.
/// </remarks>
internal static class CalendarObjectEditor
{
    private const string ProductId = "-//CalendarActors//CalendarActors 1.0//EN";
    private const int MaxReminders = 5;

    /// <summary>Edits a resource, or makes one.</summary>
    /// <param name="existing">What is there; null to make one. It is edited in place.</param>
    /// <param name="change">What to change.</param>
    /// <param name="uid">The UID of a resource that is made.</param>
    /// <param name="now">Stamps the edit.</param>
    /// <param name="organizer">Who invites when the change brings the first attendees; null when unknown.</param>
    /// <returns>The text to store; null when what is there says all of it already.</returns>
    public static string? Apply(CalendarReading? existing, EventChange change, string uid, Instant now, Organizer? organizer = null)
    {
        change = Canonical(change);
        CalendarObject? before = existing?.Object;
        CalendarObject after = change.ApplyTo(before, uid);
        CalendarComponent calendar = existing?.Source ?? NewCalendar();
        CalendarComponent? master = CalendarObjectReader.MasterOf(calendar);
        bool isNew = master is null;
        if (isNew)
        {
            master = NewEvent(after.Uid, now);
            calendar.Components.Insert(calendar.Components.FindIndex(c => c.Name == "VEVENT") is >= 0 and var at ? at : calendar.Components.Count, master);
        }

        bool isEdited = EditTimes(calendar, master!, before?.Master, after.Master!, isNew)
            | EditSeries(calendar, master!, before, after)
            | EventLines.Edit(master!, before?.Master?.Content ?? EventContent.Empty, after.Master!.Content, isNew, organizer);
        if (!isEdited && !isNew)
        {
            return null;
        }

        if (!isNew)
        {
            int sequence = int.TryParse(master!.Line("SEQUENCE")?.Value, out int s) && s is >= 0 and < int.MaxValue ? s : 0;
            master.SetLine(ContentLine.Create("SEQUENCE", $"{sequence + 1}"));
        }

        string stamp = CalendarTimeText.Format(CalendarTime.Utc(now));
        master!.SetLine(ContentLine.Create("DTSTAMP", stamp));
        master.SetLine(ContentLine.Create("LAST-MODIFIED", stamp));
        return CalendarText.Write(calendar);
    }

    /// <summary>The change in the form in which it is read back, so that doing it twice is seen as such.</summary>
    public static EventChange Canonical(EventChange change)
    {
        CalendarTime start = WholeSeconds(CalendarTimeText.Normalize(change.Start));
        ImmutableArray<RecurrenceRule> rules = change.Rules.Or([]);
        return change with
        {
            Start = start,
            End = WholeSeconds(CalendarTimeText.Normalize(change.End)),
            Summary = Text(change.Summary) ?? "",
            Description = change.Description.IsSet ? Change<string>.To(Text(change.Description.Or("")) ?? "") : change.Description,
            Location = change.Location.IsSet ? Change<string?>.To(Text(change.Location.Or(null))) : change.Location,
            Url = change.Url.IsSet ? Change<string?>.To(Line(change.Url.Or(null))) : change.Url,
            Color = change.Color.IsSet ? Change<string?>.To(CssColors.ToHex(change.Color.Or(null))) : change.Color,
            Reminders = change.Reminders.IsSet
                ? Change<ImmutableArray<int>>.To([.. change.Reminders.Or([]).Where(Reminders.IsWritable).Distinct().Take(MaxReminders)])
                : change.Reminders,
            Invite = [.. change.Invite.Where(a => EventContentReader.IsMail(a.Email.Trim()))],
            Rules = change.Rules.IsSet
                ? Change<ImmutableArray<RecurrenceRule>>.To(
                    [.. rules.Select(r => r.Until is { } until ? r with { Until = RecurrenceText.UntilFor(until, start) } : r)])
                : change.Rules,
        };
    }

    private static CalendarTime WholeSeconds(CalendarTime time) =>
        time.WithLocal(time.Local.With(TimeAdjusters.TruncateToSecond));

    private static string? Text(string? text) =>
        string.IsNullOrEmpty(text) ? null : LineText.Unescape(LineText.Escape(text));

    private static string? Line(string? text) =>
        LineText.WithoutControls(text ?? "").Trim() is { Length: > 0 } line ? line : null;

    private static bool EditTimes(
        CalendarComponent calendar, CalendarComponent master, EventDefinition? before, EventDefinition after, bool isNew)
    {
        if (!isNew && before?.Start == after.Start && before.End == after.End)
        {
            return false;
        }

        master.SetLine(CalendarTimeText.Line("DTSTART", after.Start, master.Line("DTSTART")));
        master.SetLine(CalendarTimeText.Line("DTEND", after.End, master.Line("DTEND")));
        master.RemoveLines("DURATION");
        if (master.Line("X-MICROSOFT-CDO-ALLDAYEVENT") is { } allDay)
        {
            master.SetLine(ContentLine.Create(allDay.Name, after.Start.IsDate ? "TRUE" : "FALSE"));
        }

        foreach (string zone in new[] { after.Start.ZoneId, after.End.ZoneId }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            // A definition of that name is its author's: the name decides what it means.
            if (!calendar.ComponentsNamed("VTIMEZONE").Any(c => c.Line("TZID")?.Value.Trim() == zone))
            {
                calendar.Components.Insert(0, ZoneDefinition.Create(zone, after.Start.Local.Year));
            }
        }

        return true;
    }

    private static bool EditSeries(
        CalendarComponent calendar, CalendarComponent master, CalendarObject? before, CalendarObject after)
    {
        bool isEdited = false;
        if (!(before?.Rules ?? []).SequenceEqual(after.Rules))
        {
            master.RemoveLines("RRULE");
            master.RemoveLines("EXRULE");
            master.Lines.AddRange(after.Rules.Select(r => ContentLine.Create("RRULE", RecurrenceText.Format(r, after.Master!.Start))));
            isEdited = true;
        }

        // The domain keeps these as they are or drops them all; it never edits one.
        if (before is { Added.IsEmpty: false } && after.Added.IsEmpty)
        {
            master.RemoveLines("RDATE");
            isEdited = true;
        }

        if (before is { Excluded.IsEmpty: false } && after.Excluded.IsEmpty)
        {
            master.RemoveLines("EXDATE");
            isEdited = true;
        }

        if (before is { Overrides.IsEmpty: false } && after.Overrides.IsEmpty)
        {
            calendar.Components.RemoveAll(c => c.Name == "VEVENT" && c.Line("RECURRENCE-ID") is not null);
            isEdited = true;
        }

        return isEdited;
    }

    private static CalendarComponent NewCalendar()
    {
        var calendar = new CalendarComponent("VCALENDAR");
        calendar.Lines.Add(ContentLine.Create("VERSION", "2.0"));
        calendar.Lines.Add(ContentLine.Create("PRODID", ProductId));
        calendar.Lines.Add(ContentLine.Create("CALSCALE", "GREGORIAN"));
        return calendar;
    }

    private static CalendarComponent NewEvent(string uid, Instant now)
    {
        var master = new CalendarComponent("VEVENT");
        master.Lines.Add(ContentLine.Create("UID", uid));
        master.Lines.Add(ContentLine.Create("DTSTAMP", ""));
        master.Lines.Add(ContentLine.Create("CREATED", CalendarTimeText.Format(CalendarTime.Utc(now))));
        master.Lines.Add(ContentLine.Create("LAST-MODIFIED", ""));
        master.Lines.Add(ContentLine.Create("SEQUENCE", "0"));
        return master;
    }
}
