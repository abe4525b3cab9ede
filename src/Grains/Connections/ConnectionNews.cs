using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.Grains.Interfaces.Persons;
using NodaTime;

namespace CalendarActors.Grains.Connections;

/// <summary>What a change of a connection is to those who listen to its person.</summary>
internal static class ConnectionNews
{
    /// <summary>The same, with a note that its calendars were all read once, from the change on that makes it so.</summary>
    public static ConnectionMetaState Noted(ConnectionMetaState before, ConnectionMetaState after) =>
        after.IsInitiallySynced || !after.IsClaimed || !(IsSynced(after) || IsSynced(before))
            ? after
            : after with { IsInitiallySynced = true };

    /// <summary>What must be told once a change is stored; empty for nothing.</summary>
    /// <param name="before">What is stored.</param>
    /// <param name="after">What will be, as <see cref="Noted"/> says.</param>
    /// <param name="now">The clock.</param>
    public static ImmutableArray<OwedNewsState> Of(ConnectionMetaState before, ConnectionMetaState after, Instant now)
    {
        if ((after.PersonId ?? before.PersonId) is not { } person)
        {
            return [];
        }

        List<NewsKind> kinds = [];
        if (before.IsClaimed != after.IsClaimed || !Listed(before).SetEquals(Listed(after)))
        {
            kinds.Add(NewsKind.CalendarsChanged);
        }

        // A row of an earlier version that was synced long ago has no note of it.
        if (after.IsInitiallySynced && !before.IsInitiallySynced && !IsSynced(before))
        {
            kinds.Add(NewsKind.InitialSyncCompleted);
        }

        if (before.State == ConnectionState.Connected && after.State == ConnectionState.Disconnected)
        {
            kinds.Add(NewsKind.Disconnected);
        }

        return [.. kinds.Select(k => new OwedNewsState(k, person, after.Version, now))];
    }

    private static bool IsSynced(ConnectionMetaState meta) =>
        meta.IsClaimed && !meta.Calendars.IsEmpty && meta.Calendars.All(c => c.HasSynced || c.Summary.IsDeleted);

    private static HashSet<CalendarSummary> Listed(ConnectionMetaState meta) =>
        meta.IsClaimed ? [.. meta.Calendars.Select(c => c.Summary)] : [];
}
