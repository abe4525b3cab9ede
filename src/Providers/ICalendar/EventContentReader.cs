using System.Collections.Immutable;
using System.Globalization;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;

namespace CalendarActors.Providers.ICalendar;

/// <summary>What a <c>VEVENT</c> says, apart from when.</summary>
internal static class EventContentReader
{
    /// <summary>Our own color beside <c>COLOR</c>, which can only hold names.</summary>
    public const string ExactColor = "X-CALENDARACTORS-COLOR";

    /// <summary>Outlook's and Exchange's finer form of <c>TRANSP</c>.</summary>
    public const string BusyStatus = "X-MICROSOFT-CDO-BUSYSTATUS";

    private const int MaxAttendees = 2000;
    private const int MaxCategories = 200;
    private const int MaxAttachments = 50;

    /// <summary>Reads the lines and alarms of an event.</summary>
    public static EventContent Read(CalendarComponent calendarEvent) => new()
    {
        Summary = Text(calendarEvent, "SUMMARY") ?? "",
        Description = Text(calendarEvent, "DESCRIPTION") ?? "",
        Location = Text(calendarEvent, "LOCATION"),
        Geo = ReadGeo(calendarEvent),
        Url = calendarEvent.Line("URL")?.Value.Trim() is { Length: > 0 } url ? url : null,
        Status = Keyword(calendarEvent, "STATUS") switch
        {
            "TENTATIVE" => EventStatus.Tentative,
            "CANCELLED" => EventStatus.Cancelled,
            _ => EventStatus.Confirmed,
        },
        Transparency = ReadTransparency(calendarEvent),
        IsPrivate = Keyword(calendarEvent, "CLASS") is "PRIVATE" or "CONFIDENTIAL",
        Categories =
        [
            .. calendarEvent.LinesNamed("CATEGORIES").SelectMany(l => LineText.SplitList(l.Value))
                .Where(c => c.Length > 0).Take(MaxCategories),
        ],
        Color = ReadColor(calendarEvent),
        Organizer = calendarEvent.Line("ORGANIZER") is { } organizer && Mail(organizer) is { } mail
            ? new Organizer(mail, Name(organizer))
            : null,
        Attendees = ReadAttendees(calendarEvent),
        Reminders = Reminders.Read(calendarEvent),
        MeetingUrl = MeetingLinks.Find(calendarEvent),
        Attachments = AttachedFile.InOrder(calendarEvent.LinesNamed("ATTACH").Select(AttachmentOf).OfType<AttachedFile>().Take(MaxAttachments)),
    };

    /// <summary>The mail address of an attendee or organizer; null when it is named in another way.</summary>
    public static string? Mail(ContentLine line)
    {
        string value = line.Value.Trim();
        string? mail = value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(value[7..])
            : line.Parameter("EMAIL");
        return mail?.Trim() is { } text && IsMail(text) ? text : null;
    }

    /// <summary>True for what can be read back as an address.</summary>
    public static bool IsMail(string text) =>
        text.Length is > 2 and <= 320 && text.Contains('@', StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\0', ' ');

    /// <summary>What a line <c>ATTACH</c> refers to (RFC 5545 section 3.8.1.1); null when it is no file of ours.</summary>
    /// <remarks><c>FILENAME</c> is RFC 8607's (section 4.2).</remarks>
    public static AttachedFile? AttachmentOf(ContentLine line) => AttachedFile.IsOurs(line.Value.Trim())
        ? new AttachedFile(line.Value.Trim(), line.Parameter("FILENAME"), line.Parameter("FMTTYPE")?.ToLowerInvariant())
        : null;

    private static string? Text(CalendarComponent calendarEvent, string name) =>
        calendarEvent.Line(name)?.TextValue is { Length: > 0 } text ? text : null;

    private static string? Keyword(CalendarComponent calendarEvent, string name) =>
        calendarEvent.Line(name)?.Value.Trim().ToUpperInvariant();

    private static string? Name(ContentLine line) => line.Parameter("CN") is { Length: > 0 } name ? name : null;

    private static GeoPoint? ReadGeo(CalendarComponent calendarEvent) =>
        calendarEvent.Line("GEO")?.Value.Split(';') is [var latitude, var longitude]
        && IsDegrees(latitude.Trim(), 90) && IsDegrees(longitude.Trim(), 180)
            ? new GeoPoint(latitude.Trim(), longitude.Trim())
            : null;

    private static bool IsDegrees(string text, double most) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double d)
        && Math.Abs(d) <= most;

    // TRANSP is the standard's word and decides between busy and free; the other only refines what it says, because
    // clients that do not know it leave it stale.
    private static Transparency ReadTransparency(CalendarComponent calendarEvent) =>
        (Keyword(calendarEvent, "TRANSP"), Keyword(calendarEvent, BusyStatus)) switch
        {
            ("TRANSPARENT", "WORKINGELSEWHERE") => Transparency.WorkingElsewhere,
            ("TRANSPARENT", _) => Transparency.Transparent,
            (_, "TENTATIVE") => Transparency.Tentative,
            (_, "OOF") => Transparency.OutOfOffice,
            (null, "WORKINGELSEWHERE") => Transparency.WorkingElsewhere,
            (null, "FREE") => Transparency.Transparent,
            _ => Transparency.Opaque,
        };

    // Ours counts only while COLOR still says its nearest name: another client changes COLOR and knows nothing of ours.
    private static string? ReadColor(CalendarComponent calendarEvent)
    {
        string? standard = calendarEvent.Line("COLOR")?.Value.Trim();
        string? exact = CssColors.ToHex(calendarEvent.Line(ExactColor)?.Value);
        return exact is not null && string.Equals(CssColors.Nearest(exact), standard, StringComparison.OrdinalIgnoreCase)
            ? exact
            : CssColors.ToHex(standard);
    }

    private static ImmutableArray<Attendee> ReadAttendees(CalendarComponent calendarEvent)
    {
        var attendees = ImmutableArray.CreateBuilder<Attendee>();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (ContentLine line in calendarEvent.LinesNamed("ATTENDEE"))
        {
            if (attendees.Count < MaxAttendees && Mail(line) is { } mail && seen.Add(mail))
            {
                attendees.Add(new Attendee(mail, Name(line), line.Parameter("PARTSTAT")?.ToUpperInvariant() switch
                {
                    null or "NEEDS-ACTION" => ParticipationStatus.NeedsAction,
                    "ACCEPTED" => ParticipationStatus.Accepted,
                    "DECLINED" => ParticipationStatus.Declined,
                    "TENTATIVE" => ParticipationStatus.Tentative,
                    _ => ParticipationStatus.Unknown,
                }));
            }
        }

        return attendees.ToImmutable();
    }
}
