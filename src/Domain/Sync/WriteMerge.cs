using CalendarActors.Domain.Events;

namespace CalendarActors.Domain.Sync;

/// <summary>Makes one change of two that follow each other, where that is exactly the same.</summary>
public static class WriteMerge
{
    /// <summary>What applying <paramref name="first"/> and then <paramref name="second"/> comes to, as one change.</summary>
    /// <returns>Null when no single change does: one that moves the series twice forgets overrides on the way.</returns>
    public static EventChange? Then(EventChange first, EventChange second)
    {
        if (first.Start != second.Start || first.Rules.IsSet || second.Rules.IsSet)
        {
            return null;
        }

        // The event exists once the first is applied, so reminders "on creation only" of the second never count.
        bool isSecondReminding = second.Reminders.IsSet && !second.RemindersOnCreateOnly;
        return second with
        {
            Description = Last(first.Description, second.Description),
            Location = Last(first.Location, second.Location),
            Geo = Last(first.Geo, second.Geo),
            Url = Last(first.Url, second.Url),
            Transparency = Last(first.Transparency, second.Transparency),
            IsPrivate = Last(first.IsPrivate, second.IsPrivate),
            Color = Last(first.Color, second.Color),
            Attachments = Last(first.Attachments, second.Attachments),
            Reminders = isSecondReminding ? second.Reminders : first.Reminders,
            RemindersOnCreateOnly = !isSecondReminding && first.RemindersOnCreateOnly,
            Invite =
            [
                .. first.Invite.Where(a => !second.Uninvite.Any(a.IsSameMailbox)),
                .. second.Invite.Where(a => second.Uninvite.Any(a.IsSameMailbox)
                    || !first.Invite.Any(b => b.IsSameMailbox(a.Email))),
            ],
            Uninvite = [.. first.Uninvite, .. second.Uninvite],
        };
    }

    private static Change<T> Last<T>(Change<T> first, Change<T> second) => second.IsSet ? second : first;
}
