using CalendarActors.Domain.Channels;
using CalendarActors.Grains.Interfaces.Persons;

namespace CalendarActors.Grains.Channels;

/// <summary>What an entry of a person's feed is to a channel.</summary>
internal static class FeedRules
{
    /// <summary>What to tell of it; null for nothing.</summary>
    /// <remarks>Filters speak of events; that a profile works, or does not, concerns everybody.</remarks>
    public static Notice? NoticeOf(FeedEntry entry, string application, ChannelFilter filter)
    {
        IEnumerable<(string?, string?)> origins = entry.Origins.IsDefaultOrEmpty
            ? []
            : entry.Origins.Select(o => (o.ManagedBy, o.WrittenBy));
        return entry.Kind switch
        {
            NewsKind.Changed when filter.TellsOfEvents(application, entry.SourceId, origins) => Change(entry),
            NewsKind.CalendarsChanged when filter.TellsOfCalendars(application, origins) => Change(entry),
            NewsKind.InitialSyncCompleted => new Notice(NotificationKind.InitialSyncCompleted, null, entry.Sequence),
            NewsKind.Disconnected => new Notice(NotificationKind.Disconnected, null, entry.Sequence),
            _ => null,
        };
    }

    private static Notice Change(FeedEntry entry) => new(NotificationKind.Change, entry.Since, entry.Sequence);
}
