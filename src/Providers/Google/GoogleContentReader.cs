using System.Collections.Immutable;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Providers.ICalendar;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>What an event of Google's says, apart from when.</summary>
internal static class GoogleContentReader
{
    private const int MaxAttendees = 2000;
    private const int MaxReminderMinutes = 60 * 24 * 366;

    public static EventContent Read(Event row) => new()
    {
        Summary = row.Summary ?? "",
        Description = row.Description ?? "",
        Location = Text(row.Location),
        Geo = ReadGeo(row),
        Url = Text(row.Source?.Url) ?? Text(GoogleProperties.Get(row, GoogleProperties.Url)),
        Status = row.Status switch
        {
            "tentative" => EventStatus.Tentative,
            "cancelled" => EventStatus.Cancelled,
            _ => EventStatus.Confirmed,
        },
        Transparency = ReadTransparency(row),
        IsPrivate = row.Visibility is "private" or "confidential",
        Color = ReadColor(row),
        Attendees = ReadAttendees(row),

        // Every event has an organizer here, a plain appointment its own calendar.
        Organizer = row.Attendees is { Count: > 0 } && Text(row.Organizer?.Email) is { } mail && EventContentReader.IsMail(mail)
            ? new Organizer(mail, Text(row.Organizer!.DisplayName))
            : null,
        Reminders = ReadReminders(row),
        MeetingUrl = ReadMeetingUrl(row),
        Attachments = AttachedFile.InOrder((row.Attachments ?? []).Where(a => AttachedFile.IsOurs(a?.FileUrl))
            .Select(a => new AttachedFile(a.FileUrl!, Text(a.Title), Text(a.MimeType)))),
    };

    /// <summary>True for a reminder that is ours to speak of; mails are others' and are never touched.</summary>
    public static bool IsShown(EventReminder? reminder) =>
        reminder is { Method: "popup", Minutes: >= 0 and <= MaxReminderMinutes };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static GeoPoint? ReadGeo(Event row) =>
        GoogleProperties.Get(row, GoogleProperties.Geo)?.Split(';') is [var latitude, var longitude]
        && EventRules.IsDegrees(latitude, 90) && EventRules.IsDegrees(longitude, 180)
            ? new GeoPoint(latitude, longitude)
            : null;

    private static Transparency ReadTransparency(Event row)
    {
        bool isFree = row.Transparency == "transparent";
        string? finer = GoogleProperties.Get(row, GoogleProperties.Busy);
        return row.EventType switch
        {
            // Whoever said no has the time for something else.
            _ when row.Attendees?.Any(a => a is { Self: true, ResponseStatus: "declined" }) == true => Transparency.Transparent,
            "workingLocation" => Transparency.WorkingElsewhere,
            "birthday" => Transparency.Transparent,
            _ when isFree => finer == nameof(Transparency.WorkingElsewhere) ? Transparency.WorkingElsewhere : Transparency.Transparent,
            "outOfOffice" => Transparency.OutOfOffice,
            _ when finer == nameof(Transparency.OutOfOffice) => Transparency.OutOfOffice,
            _ when finer == nameof(Transparency.Tentative) => Transparency.Tentative,
            _ => Transparency.Opaque,
        };
    }

    private static string? ReadColor(Event row)
    {
        string? exact = CssColors.ToHex(GoogleProperties.Get(row, GoogleProperties.Color));
        return exact is not null && GoogleColors.Nearest(exact) == row.ColorId ? exact : GoogleColors.ToHex(row.ColorId);
    }

    private static ImmutableArray<Attendee> ReadAttendees(Event row)
    {
        var attendees = ImmutableArray.CreateBuilder<Attendee>();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (EventAttendee? attendee in row.Attendees ?? [])
        {
            if (attendees.Count < MaxAttendees && attendee?.Email?.Trim() is { } mail && EventContentReader.IsMail(mail) && seen.Add(mail))
            {
                attendees.Add(new Attendee(mail, Text(attendee.DisplayName), attendee.ResponseStatus switch
                {
                    null or "needsAction" => ParticipationStatus.NeedsAction,
                    "accepted" => ParticipationStatus.Accepted,
                    "declined" => ParticipationStatus.Declined,
                    "tentative" => ParticipationStatus.Tentative,
                    _ => ParticipationStatus.Unknown,
                }));
            }
        }

        return attendees.ToImmutable();
    }

    // The calendar's default reminders are not the event's: they change without a word about any event.
    private static ImmutableArray<int> ReadReminders(Event row) => row.Reminders?.UseDefault == true
        ? []
        : [.. (row.Reminders?.Overrides ?? []).Where(IsShown).Select(r => r.Minutes!.Value).Distinct()];

    private static string? ReadMeetingUrl(Event row) =>
        (row.ConferenceData?.EntryPoints ?? []).Where(e => e?.EntryPointType == "video").Select(e => e.Uri)
            .Append(row.HangoutLink)
            .FirstOrDefault(link => link is not null && MeetingLinks.IsWebLink(link))
        ?? MeetingLinks.FindIn(row.Location, row.Description);
}
