using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Answers an invitation in the text of a resource; every other line stays as its author wrote it.</summary>
/// <remarks>The sequence is the organizer's: an answer does not raise it (RFC 5546 section 2.1.4).</remarks>
internal static class InvitationEditor
{
    /// <summary>True when somebody of the answer's address is invited.</summary>
    public static bool IsInvited(CalendarReading existing, EventAnswer answer) => LineOf(existing, answer) is not null;

    /// <summary>Edits the person's own line.</summary>
    /// <param name="existing">What is there. It is edited in place.</param>
    /// <param name="answer">What the person answers.</param>
    /// <param name="now">Stamps the edit.</param>
    /// <returns>The text to store; null when it says so already.</returns>
    public static string? Apply(CalendarReading existing, EventAnswer answer, Instant now)
    {
        CalendarComponent calendar = existing.Source!;
        CalendarComponent master = CalendarObjectReader.MasterOf(calendar)!;
        ContentLine line = LineOf(existing, answer)!;
        string status = EventLines.Answer(answer.Status);
        if (string.Equals(line.Parameter("PARTSTAT"), status, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        LineParameter[] others = [.. line.Parameters.Where(p => p.Name is not ("PARTSTAT" or "RSVP"))];
        master.Lines[master.Lines.IndexOf(line)] =
            ContentLine.Create(line.Name, line.Value, [.. others, LineParameter.Create("PARTSTAT", status)]);
        string stamp = CalendarTimeText.Format(CalendarTime.Utc(now));
        master.SetLine(ContentLine.Create("DTSTAMP", stamp));
        master.SetLine(ContentLine.Create("LAST-MODIFIED", stamp));
        return CalendarText.Write(calendar);
    }

    private static ContentLine? LineOf(CalendarReading existing, EventAnswer answer) =>
        existing.Source is { } calendar && CalendarObjectReader.MasterOf(calendar) is { } master
            ? master.LinesNamed("ATTENDEE").FirstOrDefault(l => string.Equals(
                EventContentReader.Mail(l), answer.Email, StringComparison.OrdinalIgnoreCase))
            : null;
}
