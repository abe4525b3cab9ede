using CalendarActors.Domain.Events;
using CalendarActors.Providers.ICalendar;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Applies a change to an event and leaves alone what the change does not speak of.</summary>
internal static class GoogleEventEditor
{
    /// <summary>Edits an event in place.</summary>
    /// <param name="row">What is there, or an event that is empty but for its id.</param>
    /// <param name="isNew">True when it is being created, so that nothing in it counts.</param>
    /// <param name="change">What to change.</param>
    /// <returns>True when anything was edited; false when what is there says all of it already.</returns>
    public static bool Apply(Event row, bool isNew, EventChange change)
    {
        change = CalendarObjectEditor.Canonical(change);
        CalendarObject? before = isNew ? null : GoogleSeries.ObjectOf(GoogleRowReader.Read(row), []);
        CalendarObject after = change.ApplyTo(before, row.Id!);
        EventContent content = before?.Master!.Content ?? EventContent.Empty;
        bool isEdited = EditTimes(row, before?.Master, after.Master!)
            | EditSeries(row, before, after)
            | GoogleContentWriter.Edit(row, content, after.Master!.Content);

        // "None" is said aloud: an event that is silent gets the calendar's default reminders.
        if (isNew && change.Reminders.IsSet)
        {
            GoogleContentWriter.SetReminders(row, after.Master.Content);
        }

        return isEdited || isNew;
    }

    private static bool EditTimes(Event row, EventDefinition? before, EventDefinition after)
    {
        if (before?.Start == after.Start && before.End == after.End)
        {
            return false;
        }

        row.Start = GoogleTimeText.Write(after.Start);
        row.End = GoogleTimeText.Write(after.End);
        row.EndTimeUnspecified = null;
        return true;
    }

    private static bool EditSeries(Event row, CalendarObject? before, CalendarObject after)
    {
        List<string> lines = [.. row.Recurrence ?? []];
        bool isEdited = false;
        if (!(before?.Rules ?? []).SequenceEqual(after.Rules))
        {
            isEdited = true;
            lines.RemoveAll(line => IsNamed(line, "RRULE") || IsNamed(line, "EXRULE"));
            lines.InsertRange(0, after.Rules.Select(r => $"RRULE:{RecurrenceText.Format(r, after.Master!.Start)}"));
        }

        // The domain keeps these as they are or drops them all; it never edits one.
        if (before is { Added.IsEmpty: false } && after.Added.IsEmpty)
        {
            isEdited |= lines.RemoveAll(line => IsNamed(line, "RDATE")) > 0;
        }

        if (before is { Excluded.IsEmpty: false } && after.Excluded.IsEmpty)
        {
            isEdited |= lines.RemoveAll(line => IsNamed(line, "EXDATE")) > 0;
        }

        if (isEdited)
        {
            row.Recurrence = lines.Count == 0 ? null : lines;
        }

        return isEdited;
    }

    private static bool IsNamed(string line, string name) => ContentLine.Parse(line).Name == name;
}
