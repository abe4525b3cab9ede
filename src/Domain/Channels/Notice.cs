using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>Something to be told that no delivery was made of yet.</summary>
/// <param name="Kind">What.</param>
/// <param name="Since">Of a change: the earliest that is not told; else null.</param>
/// <param name="Through">The last sequence of the person's feed that is told with it; 0 for what is not from the feed.</param>
public sealed record Notice(NotificationKind Kind, Instant? Since, long Through)
{
    /// <summary>Adds a notice to those that wait: of each kind there is at most one, at the place of the first.</summary>
    /// <remarks>Receivers read again what changed, so the earliest instant tells everything that the others would.</remarks>
    /// <param name="waiting">In the order in which they are told.</param>
    /// <param name="notice">One more.</param>
    public static IReadOnlyList<Notice> Waiting(IReadOnlyList<Notice> waiting, Notice notice)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(notice);
        List<Notice> next = [.. waiting];
        int same = next.FindIndex(n => n.Kind == notice.Kind);
        if (same < 0)
        {
            next.Add(notice);
        }
        else
        {
            next[same] = next[same].And(notice);
        }

        return next;
    }

    /// <summary>Both in one.</summary>
    /// <param name="other">Of the same kind.</param>
    private Notice And(Notice other) => this with
    {
        Since = Earliest(Since, other.Since),
        Through = Math.Max(Through, other.Through),
    };

    internal static Instant? Earliest(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Min(a, b) : one ?? other;
}
