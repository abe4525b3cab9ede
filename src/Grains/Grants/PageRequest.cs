using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Grants;
using CalendarActors.Grains.Interfaces.Sync;

namespace CalendarActors.Grains.Grants;

/// <summary>One page to be read.</summary>
/// <param name="Grant">Who asks.</param>
/// <param name="Calendars">What they reach.</param>
/// <param name="CalendarIds">The calendars to read.</param>
/// <param name="Query">The question, its window frozen.</param>
/// <param name="CalendarTags">For the next cursor.</param>
/// <param name="After">The last entry of the page before; null for the first page.</param>
/// <param name="Number">1 for the first.</param>
/// <param name="Count">As the first page counted; 0 on the first itself.</param>
internal sealed record PageRequest(
    CheckedGrant Grant,
    GrantedCalendars Calendars,
    List<string> CalendarIds,
    ScheduleQuery Query,
    ImmutableArray<long> CalendarTags,
    PagePosition? After,
    int Number,
    int Count)
{
    /// <summary>True when the window ends before it starts: nothing can be in it.</summary>
    public bool IsEmpty => Query.From > Query.To;

    /// <summary>What every calendar is asked: one more than a page holds tells whether there is another.</summary>
    public CalendarQuery ForCalendars() => new(
        Grant.ClientId,
        Query.From,
        Query.To,
        Query.ZoneId,
        Query.Managed,
        Query.IncludeDeleted,
        Query.IncludeFree,
        Query.ChangedSince,
        After,
        GrantSchedule.PageSize + 1,
        Query.IncludeMoved,
        OmitsUids: !Query.Presentation.IncludeIds);

    /// <summary>
    /// How many pages to announce. The count is the first page's, but what has come or gone since may not hide entries
    /// or promise a page: a library goes on exactly while this page's number is below it.
    /// </summary>
    public int CountPages(int total, bool hasMore)
    {
        int counted = Number == 1 ? (total + GrantSchedule.PageSize - 1) / GrantSchedule.PageSize : Count;
        return hasMore ? Math.Max(counted, Number + 1) : Number;
    }
}
