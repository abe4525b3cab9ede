using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Events;
using CalendarActors.Providers.ICalendar;
using Google.Apis.Calendar.v3.Data;

namespace CalendarActors.Providers.Google;

/// <summary>Edits those fields of an event whose meaning differs from what is wanted. A cleared field is null: updates replace the whole.</summary>
internal static class GoogleContentWriter
{
    /// <summary>Makes the event say <paramref name="after"/> where it says <paramref name="before"/>.</summary>
    /// <returns>True when anything was edited.</returns>
    public static bool Edit(Event row, EventContent before, EventContent after)
    {
        bool isEdited = false;
        Set(before.Summary, after.Summary, v => row.Summary = v);
        Set(before.Description, after.Description, v => row.Description = v.Length == 0 ? null : v);
        Set(before.Location, after.Location, v => row.Location = v);
        Set(before.Geo, after.Geo, v => GoogleProperties.Set(row, GoogleProperties.Geo, v is null ? null : $"{v.Latitude};{v.Longitude}"));
        Set(before.Url, after.Url, v => SetUrl(row, v));
        Set(before.Status, after.Status, v => row.Status = v == EventStatus.Tentative ? "tentative" : "confirmed");
        Set(before.Transparency, after.Transparency, v => SetTransparency(row, v));
        Set(before.IsPrivate, after.IsPrivate, v => row.Visibility = v ? "private" : null);
        Set(before.Color, after.Color, v => SetColor(row, v));
        if (!before.Attendees.SequenceEqual(after.Attendees))
        {
            SetAttendees(row, after);
            isEdited = true;
        }

        if (!before.Reminders.SequenceEqual(after.Reminders))
        {
            SetReminders(row, after);
            isEdited = true;
        }

        if (!before.Attachments.SequenceEqual(after.Attachments))
        {
            SetAttachments(row, after);
            isEdited = true;
        }

        return isEdited;

        void Set<T>(T was, T wanted, Action<T> set)
        {
            if (!EqualityComparer<T>.Default.Equals(was, wanted))
            {
                set(wanted);
                isEdited = true;
            }
        }
    }

    /// <summary>Makes the reminders the event's own, even where there are none.</summary>
    public static void SetReminders(Event row, EventContent after)
    {
        IEnumerable<EventReminder> others = row.Reminders?.UseDefault == true
            ? []
            : (row.Reminders?.Overrides ?? []).Where(r => r is not null && !GoogleContentReader.IsShown(r));
        row.Reminders = new Event.RemindersData
        {
            UseDefault = false,
            Overrides = [.. after.Reminders.Select(m => new EventReminder { Method = "popup", Minutes = m }), .. others],
        };
    }

    // Others' attachments stay, and those of ours that stay keep their entries.
    private static void SetAttachments(Event row, EventContent after)
    {
        HashSet<string> wanted = [.. after.Attachments.Select(a => a.Url)];
        List<EventAttachment> all =
            [.. (row.Attachments ?? []).Where(a => !AttachedFile.IsOurs(a?.FileUrl) || wanted.Contains(a!.FileUrl!))];
        HashSet<string?> kept = [.. all.Select(a => a?.FileUrl)];
        all.AddRange(after.Attachments.Where(a => !kept.Contains(a.Url))
            .Select(a => new EventAttachment { FileUrl = a.Url, Title = a.FileName, MimeType = a.ContentType }));
        row.Attachments = all;
    }

    private static void SetUrl(Event row, string? url)
    {
        bool isWeb = url is not null && MeetingLinks.IsWebLink(url);
        row.Source = isWeb ? new Event.SourceData { Url = url, Title = new Uri(url!).Host } : null;
        GoogleProperties.Set(row, GoogleProperties.Url, isWeb ? null : url);
    }

    private static void SetTransparency(Event row, Transparency transparency)
    {
        row.Transparency = transparency.TakesTime() ? "opaque" : "transparent";
        GoogleProperties.Set(
            row,
            GoogleProperties.Busy,
            transparency is Transparency.Opaque or Transparency.Transparent ? null : transparency.ToString());
    }

    private static void SetColor(Event row, string? hex)
    {
        row.ColorId = hex is null ? null : GoogleColors.Nearest(hex);
        GoogleProperties.Set(row, GoogleProperties.Color, hex == GoogleColors.ToHex(row.ColorId) ? null : hex);
    }

    // Those who stay keep their entries with everything on them: answers, comments, rooms.
    private static void SetAttendees(Event row, EventContent after)
    {
        List<EventAttendee> attendees = [.. (row.Attendees ?? []).Where(a =>
            a is not null && (a.Email?.Trim() is not { } mail || !EventContentReader.IsMail(mail) || after.Attendees.Any(b => b.IsSameMailbox(mail))))];
        attendees.AddRange(after.Attendees
            .Where(a => !attendees.Exists(b => b.Email is { } mail && a.IsSameMailbox(mail.Trim())))
            .Select(a => new EventAttendee { Email = a.Email, DisplayName = a.DisplayName }));
        row.Attendees = attendees;
    }
}
