using System.Collections.Immutable;

namespace CalendarActors.Domain.Channels;

/// <summary>Which changes a channel is told of.</summary>
/// <param name="CalendarIds"><c>cal_…</c>, sorted, each once; empty for all.</param>
/// <param name="OnlyManaged">True for changes of the application's own events only.</param>
public sealed record ChannelFilter(ImmutableArray<string> CalendarIds, bool OnlyManaged)
{
    /// <summary>Lets everything through.</summary>
    public static ChannelFilter None { get; } = new([], false);

    /// <summary>True when events of a calendar changed and the channel is to be told.</summary>
    /// <remarks>Never of what its own application wrote through us, also when a pull finds it again.</remarks>
    /// <param name="application">The channel's application.</param>
    /// <param name="calendarId">Where.</param>
    /// <param name="origins">Whose events changed and who wrote them; empty for somebody's external events.</param>
    public bool TellsOfEvents(
        string application, string calendarId, params IEnumerable<(string? ManagedBy, string? WrittenBy)> origins) =>
        (CalendarIds.IsEmpty || CalendarIds.Contains(calendarId, StringComparer.Ordinal))
        && Tells(application, origins);

    /// <summary>True when the list of calendars changed and the channel is to be told: it is in nobody's calendar.</summary>
    /// <param name="application">The channel's application.</param>
    /// <param name="origins">Who changed it; empty for somebody at the provider.</param>
    public bool TellsOfCalendars(string application, params IEnumerable<(string? ManagedBy, string? WrittenBy)> origins) =>
        CalendarIds.IsEmpty && Tells(application, origins);

    /// <summary>The same channels are asked for by filters that are equal, whatever their lists' identity.</summary>
    public bool Equals(ChannelFilter? other) =>
        other is not null && OnlyManaged == other.OnlyManaged && CalendarIds.SequenceEqual(other.CalendarIds, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OnlyManaged, CalendarIds.Length);

    private bool Tells(string application, IEnumerable<(string? ManagedBy, string? WrittenBy)> origins)
    {
        bool isSaid = false;
        foreach ((string? managedBy, string? writtenBy) in origins)
        {
            isSaid = true;
            if (writtenBy != application && (!OnlyManaged || managedBy == application))
            {
                return true;
            }
        }

        return !isSaid && !OnlyManaged;
    }
}
