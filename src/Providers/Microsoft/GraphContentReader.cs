using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Providers.ICalendar;
using Microsoft.Graph.Models;
using DomainAttendee = CalendarActors.Domain.Events.Attendee;
using GraphAttendee = Microsoft.Graph.Models.Attendee;

namespace CalendarActors.Providers.Microsoft;

/// <summary>What an event of Graph's says, apart from when.</summary>
internal static class GraphContentReader
{
    private const int MaxAttendees = 2000;
    private const int MaxCategories = 200;

    /// <summary>Reads an event.</summary>
    /// <param name="row">A whole one, its body as text.</param>
    /// <param name="extras">Ours, of it or of its series.</param>
    public static EventContent Read(Event row, GraphExtras extras)
    {
        string? place = row.Location?.DisplayName is { Length: > 0 } name ? name : null;
        string body = Plain(row.Body?.Content);
        ImmutableArray<DomainAttendee> attendees = ReadAttendees(row);
        return new EventContent
        {
            Summary = row.Subject ?? "",
            Description = MeetingBlob.WithoutIn(row, body),
            Location = place,
            Geo = ReadGeo(row, extras, place),
            Url = extras.Url,
            Status = row.IsCancelled == true ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = ReadTransparency(row),
            IsPrivate = row.Sensitivity is Sensitivity.Private or Sensitivity.Confidential,
            Categories = [.. (row.Categories ?? []).Where(c => c.Length > 0).Take(MaxCategories)],
            Color = CssColors.ToHex(extras.Color),
            Organizer = ReadOrganizer(row, attendees),
            Attendees = attendees,
            Reminders = ReadReminders(row, extras),
            MeetingUrl = new[] { row.OnlineMeeting?.JoinUrl, row.OnlineMeetingUrl }
                .OfType<string>().FirstOrDefault(MeetingLinks.IsWebLink) ?? MeetingLinks.FindIn(extras.Url, place, body),
        };
    }

    /// <summary>Text with our line ends, and without the ones that Exchange puts behind it.</summary>
    public static string Plain(string? text) =>
        (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').TrimEnd();

    // A meeting that its person declined stays in the calendar, but takes no time.
    private static Transparency ReadTransparency(Event row) => row.ResponseStatus?.Response == ResponseType.Declined
        ? Transparency.Transparent
        : row.ShowAs switch
        {
            FreeBusyStatus.Free => Transparency.Transparent,
            FreeBusyStatus.WorkingElsewhere => Transparency.WorkingElsewhere,
            FreeBusyStatus.Tentative => Transparency.Tentative,
            FreeBusyStatus.Oof => Transparency.OutOfOffice,
            _ => Transparency.Opaque,
        };

    private static GeoPoint? ReadGeo(Event row, GraphExtras extras, string? place)
    {
        if (extras is { Latitude: { } latitude, Longitude: { } longitude } && extras.Place == (place ?? "")
            && EventRules.IsDegrees(latitude, 90) && EventRules.IsDegrees(longitude, 180))
        {
            return new GeoPoint(latitude, longitude);
        }

        return row.Location?.Coordinates is { Latitude: { } north and >= -90 and <= 90, Longitude: { } east and >= -180 and <= 180 }
            ? new GeoPoint($"{(decimal)north}", $"{(decimal)east}")
            : null;
    }

    // Graph names an organizer of every event; that of a plain appointment is the calendar's own person.
    private static Organizer? ReadOrganizer(Event row, ImmutableArray<DomainAttendee> attendees) =>
        (!attendees.IsEmpty || row.IsOrganizer == false) && Mail(row.Organizer) is { } mail
            ? new Organizer(mail, Name(row.Organizer))
            : null;

    private static ImmutableArray<DomainAttendee> ReadAttendees(Event row)
    {
        var attendees = ImmutableArray.CreateBuilder<DomainAttendee>();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (GraphAttendee attendee in row.Attendees ?? [])
        {
            if (attendees.Count < MaxAttendees && Mail(attendee) is { } mail && seen.Add(mail))
            {
                attendees.Add(new DomainAttendee(mail, Name(attendee), attendee.Status?.Response switch
                {
                    null or ResponseType.None or ResponseType.NotResponded => ParticipationStatus.NeedsAction,
                    ResponseType.Accepted or ResponseType.Organizer => ParticipationStatus.Accepted,
                    ResponseType.Declined => ParticipationStatus.Declined,
                    ResponseType.TentativelyAccepted => ParticipationStatus.Tentative,
                    _ => ParticipationStatus.Unknown,
                }));
            }
        }

        return attendees.ToImmutable();
    }

    private static string? Mail(Recipient? person) =>
        person?.EmailAddress?.Address?.Trim() is { } mail && EventContentReader.IsMail(mail) ? mail : null;

    private static string? Name(Recipient? person) => person?.EmailAddress?.Name is { Length: > 0 } name ? name : null;

    private static ImmutableArray<int> ReadReminders(Event row, GraphExtras extras)
    {
        if (row.IsReminderOn != true || row.ReminderMinutesBeforeStart is not ({ } minutes and >= 0))
        {
            return [];
        }

        return extras.Reminders is { IsDefaultOrEmpty: false } all && all[0] == minutes ? all : [minutes];
    }
}
