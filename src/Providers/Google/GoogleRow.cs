using System.Collections.Immutable;
using CalendarActors.Domain.Events;
using CalendarActors.Domain.Time;
using NodaTime;

namespace CalendarActors.Providers.Google;

/// <summary>One row of an event list: an event, the master of a series, or one of its exceptions.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="SeriesId">The master's id when it is an exception; else null.</param>
/// <param name="IsCancelled">True for a deleted event, and for an occurrence that was taken out.</param>
internal sealed record GoogleRow(string Id, string? SeriesId, bool IsCancelled)
{
    public string? Etag { get; init; }

    public Instant? Created { get; init; }

    public Instant? Updated { get; init; }

    public string? Uid { get; init; }

    /// <summary>Of an exception: the start that it would have had; null when it does not say.</summary>
    public CalendarTime? Original { get; init; }

    /// <summary>When and what; null when it cannot be read, and of cancelled rows.</summary>
    public EventDefinition? Definition { get; init; }

    /// <summary>RRULE, RDATE and EXDATE lines; empty for what happens once.</summary>
    public ImmutableArray<string> Recurrence { get; init; } = [];

    /// <summary>The item that the row belongs to.</summary>
    public string ItemId => SeriesId ?? Id;

    /// <summary>True when it is part of a series.</summary>
    public bool IsOfSeries => SeriesId is not null || !Recurrence.IsEmpty;

    /// <summary>The newer one of two rows of one event; this one when nothing tells.</summary>
    public GoogleRow OrNewer(GoogleRow other) => Updated < other.Updated ? other : this;

    /// <summary>Prints no content.</summary>
    public override string ToString() => $"GoogleRow({Id})";
}
