using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Edits those lines of a <c>VEVENT</c> whose meaning differs from what is wanted.</summary>
internal static class EventLines
{
    /// <summary>Makes the event say <paramref name="after"/> where it says <paramref name="before"/>.</summary>
    /// <returns>True when anything was edited.</returns>
    public static bool Edit(
        CalendarComponent calendarEvent, EventContent before, EventContent after, bool isNew, Organizer? organizer)
    {
        bool isEdited = SetText(calendarEvent, "SUMMARY", before.Summary, after.Summary)
            | SetText(calendarEvent, "DESCRIPTION", before.Description, after.Description)
            | SetText(calendarEvent, "LOCATION", before.Location, after.Location);
        isEdited |= Set(calendarEvent, "URL", before.Url, after.Url, after.Url);
        isEdited |= Set(calendarEvent, "GEO", before.Geo, after.Geo, after.Geo is { } g ? $"{g.Latitude};{g.Longitude}" : null);
        isEdited |= Set(calendarEvent, "CLASS", before.IsPrivate, after.IsPrivate, after.IsPrivate ? "PRIVATE" : null);
        isEdited |= Set(calendarEvent, "STATUS", before.Status, after.Status, after.Status.ToString().ToUpperInvariant());
        if (before.Transparency != after.Transparency || isNew)
        {
            SetTransparency(calendarEvent, after.Transparency);
            isEdited = true;
        }

        if (before.Color != after.Color)
        {
            SetColor(calendarEvent, after.Color);
            isEdited = true;
        }

        if (!before.Attendees.SequenceEqual(after.Attendees))
        {
            SetAttendees(calendarEvent, after, organizer);
            isEdited = true;
        }

        if (!before.Reminders.SequenceEqual(after.Reminders))
        {
            Reminders.Write(calendarEvent, after.Reminders);
            isEdited = true;
        }

        if (!before.Attachments.SequenceEqual(after.Attachments))
        {
            SetAttachments(calendarEvent, after);
            isEdited = true;
        }

        return isEdited;
    }

    private static bool SetText(CalendarComponent calendarEvent, string name, string? before, string? after) =>
        Set(calendarEvent, name, before, after, string.IsNullOrEmpty(after) ? null : LineText.Escape(after));

    private static bool Set<T>(CalendarComponent calendarEvent, string name, T before, T after, string? value)
    {
        if (EqualityComparer<T>.Default.Equals(before, after))
        {
            return false;
        }

        if (value is null)
        {
            calendarEvent.RemoveLines(name);
            return true;
        }

        // Another representation of the old text (ALTREP) would contradict the new one.
        IEnumerable<LineParameter> kept = calendarEvent.Line(name)?.Parameters.Where(p => p.Name != "ALTREP") ?? [];
        calendarEvent.SetLine(ContentLine.Create(name, value, kept));
        return true;
    }

    private static void SetTransparency(CalendarComponent calendarEvent, Transparency transparency)
    {
        bool isFree = !transparency.TakesTime();
        string? fine = transparency switch
        {
            Transparency.WorkingElsewhere => "WORKINGELSEWHERE",
            Transparency.Tentative => "TENTATIVE",
            Transparency.OutOfOffice => "OOF",
            _ when calendarEvent.Line(EventContentReader.BusyStatus) is null => null,
            _ => isFree ? "FREE" : "BUSY",
        };
        calendarEvent.SetLine(ContentLine.Create("TRANSP", isFree ? "TRANSPARENT" : "OPAQUE"));
        if (fine is not null)
        {
            calendarEvent.SetLine(ContentLine.Create(EventContentReader.BusyStatus, fine));
        }
    }

    private static void SetColor(CalendarComponent calendarEvent, string? hex)
    {
        calendarEvent.RemoveLines("COLOR");
        calendarEvent.RemoveLines(EventContentReader.ExactColor);
        if (hex is null)
        {
            return;
        }

        string name = CssColors.Nearest(hex);
        calendarEvent.Lines.Add(ContentLine.Create("COLOR", name));
        if (CssColors.ToHex(name) != hex)
        {
            calendarEvent.Lines.Add(ContentLine.Create(EventContentReader.ExactColor, hex));
        }
    }

    // Those who stay keep their lines with everything on them: answers, roles, delegations.
    private static void SetAttendees(CalendarComponent calendarEvent, EventContent after, Organizer? organizer)
    {
        calendarEvent.Lines.RemoveAll(l =>
            l.Name == "ATTENDEE" && EventContentReader.Mail(l) is { } mail && !after.Attendees.Any(a => a.IsSameMailbox(mail)));
        foreach (Attendee attendee in after.Attendees)
        {
            if (!calendarEvent.LinesNamed("ATTENDEE").Any(l => EventContentReader.Mail(l) is { } mail && attendee.IsSameMailbox(mail)))
            {
                calendarEvent.Lines.Add(Line("ATTENDEE", attendee.Email, [
                    .. attendee.DisplayName is { Length: > 0 } name ? [LineParameter.Create("CN", name)] : Array.Empty<LineParameter>(),
                    LineParameter.Create("ROLE", "REQ-PARTICIPANT"),
                    LineParameter.Create("PARTSTAT", Answer(attendee.Status)),
                    LineParameter.Create("RSVP", "TRUE"),
                ]));
            }
        }

        // Without an organizer a list of attendees invites nobody (RFC 5545 section 3.8.4.3).
        if (!after.Attendees.IsEmpty && calendarEvent.Line("ORGANIZER") is null && organizer is not null)
        {
            calendarEvent.Lines.Add(Line(
                "ORGANIZER", organizer.Email, organizer.DisplayName is { Length: > 0 } name ? [LineParameter.Create("CN", name)] : []));
        }
    }

    // Those that stay keep their lines: a server may have put something on them. Others' are not ours to touch.
    private static void SetAttachments(CalendarComponent calendarEvent, EventContent after)
    {
        calendarEvent.Lines.RemoveAll(l =>
            l.Name == "ATTACH" && EventContentReader.AttachmentOf(l) is { } was && !after.Attachments.Contains(was));
        HashSet<AttachedFile> kept = [.. calendarEvent.LinesNamed("ATTACH").Select(EventContentReader.AttachmentOf).OfType<AttachedFile>()];
        calendarEvent.Lines.AddRange(after.Attachments.Where(a => !kept.Contains(a)).Select(a => ContentLine.Create("ATTACH", a.Url, [
            .. a.ContentType is { } type ? [LineParameter.Create("FMTTYPE", type)] : Array.Empty<LineParameter>(),
            .. a.FileName is { } name ? [LineParameter.Create("FILENAME", name)] : Array.Empty<LineParameter>(),
        ])));
    }

    private static ContentLine Line(string name, string email, IEnumerable<LineParameter> parameters) =>
        ContentLine.Create(name, $"mailto:{email.Trim().Replace("%", "%25", StringComparison.Ordinal)}", parameters);

    /// <summary>A value of <c>PARTSTAT</c>.</summary>
    public static string Answer(ParticipationStatus status) => status switch
    {
        ParticipationStatus.Accepted => "ACCEPTED",
        ParticipationStatus.Declined => "DECLINED",
        ParticipationStatus.Tentative => "TENTATIVE",
        _ => "NEEDS-ACTION",
    };
}
