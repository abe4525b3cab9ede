using CalendarActors.Domain.Sync;
using CalendarActors.Grains.Interfaces.Sync;
using NodaTime;

namespace CalendarActors.Grains.Sync;

/// <summary>Which stretch of time and which kinds of event a query covers.</summary>
/// <remarks>External events are bound to the window; managed ones only to what the query itself says.</remarks>
internal readonly struct QueryScope
{
    private readonly CalendarQuery _query;
    private readonly Instant _from;
    private readonly Instant _to;
    private readonly Instant _managedFrom;
    private readonly Instant _managedTo;

    public QueryScope(CalendarQuery query, ExpandedWindow window)
    {
        _query = query;
        _from = Instant.Max(query.From ?? window.Start, window.Start);
        _to = Instant.Min(query.To ?? window.End, window.End);
        _managedFrom = query.From ?? Instant.MinValue;
        _managedTo = query.To ?? Instant.MaxValue;
    }

    /// <summary>Nothing that it covers ends before; null for no limit.</summary>
    public Instant? From => _query.Managed == ManagedEvents.Exclude ? _from : _query.From;

    /// <summary>Nothing that it covers starts at or after; null for no limit.</summary>
    public Instant? To => _query.Managed == ManagedEvents.Exclude ? _to : _query.To;

    /// <summary>True for the asking application's own events.</summary>
    public bool IsManaged(ManagedKey? owner) => owner?.ClientId == _query.ClientId;

    /// <summary>True when it covers a happening.</summary>
    public bool Covers(ManagedKey? owner, Instant startsAt, Instant endsAt) => IsManaged(owner)
        ? _query.Managed != ManagedEvents.Exclude && endsAt >= _managedFrom && startsAt < _managedTo
        : _query.Managed != ManagedEvents.Only && endsAt >= _from && startsAt < _to;

    /// <summary>True when the page starts before it.</summary>
    public bool IsBehindPosition(Instant startsAt, string calendarId, string uid)
    {
        int order = OrderToPosition(startsAt, calendarId);
        return (order != 0 ? order : string.CompareOrdinal(uid, _query.After!.Uid)) > 0;
    }

    /// <summary>Whether it is before (negative) or behind (positive) what the page starts after; 0 when the uid decides.</summary>
    public int OrderToPosition(Instant startsAt, string calendarId)
    {
        if (_query.After is not { } after)
        {
            return 1;
        }

        int order = startsAt.CompareTo(after.Start);
        return order != 0 ? order : string.CompareOrdinal(calendarId, after.CalendarId);
    }
}
