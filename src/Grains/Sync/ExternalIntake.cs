using CalendarActors.Domain.Events;
using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Sync;

/// <summary>Whether an event that is not the application's own may be written, and which one it is.</summary>
internal static class ExternalIntake
{
    /// <summary>Why not; null when it may.</summary>
    /// <param name="found">What readers see under the uid; null when there is nothing.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="hasRemote">False for a native calendar, where applications' own events are all there is.</param>
    public static WriteAnswer? Refusal(Listed? found, ChangeExternalEvent request, bool hasRemote)
    {
        bool isDeletion = request is { Change: null, Answer: null };
        if (found is not { } listed)
        {
            return WriteAnswer.NoSuchEvent;
        }

        EventEntry entry = listed.Entry;
        return listed.Owner?.ClientId == request.ClientId || !hasRemote ? WriteAnswer.NotExternal
            : !request.IsUnrestricted && request.Answer is null ? WriteAnswer.Sandboxed
            : entry.IsDeleted ? (isDeletion ? WriteAnswer.Accepted : WriteAnswer.NoSuchEvent)
            : entry.SeriesId is not null ? WriteAnswer.Recurring
            : request.Answer is null && !ExternalRules.IsOrganizer(entry.Content, request.Addresses) ? WriteAnswer.NotOrganizer
            : request.Answer is not null && ExternalRules.InvitedAs(entry.Content, request.Addresses) is null
                ? WriteAnswer.NotInvited
            : null;
    }

    /// <summary>The event that no application of ours wrote and that has this uid; null when there is none.</summary>
    public static ManagedKey? KeyOf(string calendarId, Schedule schedule, string uid)
    {
        HashSet<string> managed = [.. schedule.Managed.Values.Select(m => m.ItemId).OfType<string>()];
        foreach (KnownItem item in schedule.Items.Values)
        {
            if (!managed.Contains(item.Id)
                && HappeningIds.Uid(HappeningIds.Seed(calendarId, item.Object.Uid), recurrenceId: null) == uid)
            {
                return ManagedKey.OfItem(item.Id);
            }
        }

        return null;
    }
}
