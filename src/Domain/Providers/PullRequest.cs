using System.Collections.Immutable;
using NodaTime;

namespace CalendarActors.Domain.Providers;

/// <summary>What to pull, or to compare.</summary>
/// <param name="CalendarId">The provider's calendar id.</param>
/// <param name="Cursor">From an earlier <see cref="PullChanges.Next"/>; null for everything.</param>
/// <param name="Window">
/// What readers see. A provider whose cursors are bound to a window covers at least this one, and starts a new
/// generation by itself when its cursor's window no longer does.
/// </param>
/// <param name="KnownAsync">
/// What we have, by item id: asked only when it is needed, because the schedule must be opened for it.
/// </param>
public sealed record PullRequest(
    string CalendarId,
    string? Cursor,
    Interval Window,
    Func<CancellationToken, ValueTask<IReadOnlyDictionary<string, KnownVersion>>> KnownAsync)
{
    private static readonly Interval Decades = new(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0));

    /// <summary>A request of somebody who knows nothing and looks at the years 2020 to 2039.</summary>
    /// <param name="calendarId">The provider's calendar id.</param>
    /// <param name="cursor">From an earlier <see cref="PullChanges.Next"/>; null for everything.</param>
    public static PullRequest From(string calendarId, string? cursor) =>
        Knowing(calendarId, cursor, ImmutableDictionary<string, KnownVersion>.Empty);

    /// <summary>A request of somebody who looks at the years 2020 to 2039.</summary>
    /// <param name="calendarId">The provider's calendar id.</param>
    /// <param name="cursor">From an earlier <see cref="PullChanges.Next"/>; null for everything.</param>
    /// <param name="known">What we have, by item id.</param>
    public static PullRequest Knowing(
        string calendarId, string? cursor, IReadOnlyDictionary<string, KnownVersion> known) =>
        new(calendarId, cursor, Decades, _ => ValueTask.FromResult(known));

    /// <summary>Prints neither calendar nor cursor: for CalDAV an address with a login name is in it.</summary>
    public override string ToString() => Cursor is null ? "PullRequest(all)" : "PullRequest";
}
