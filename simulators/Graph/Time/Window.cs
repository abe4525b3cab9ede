using CalendarActors.Simulators.Graph.Http;
using NodaTime;
using NodaTime.Text;

namespace CalendarActors.Simulators.Graph.Time;

/// <summary>A half-open stretch of time that a calendar view looks at.</summary>
internal sealed record Window(Instant Start, Instant End)
{
    /// <summary>Reads <c>startDateTime</c> and <c>endDateTime</c>; without an offset they are UTC.</summary>
    public static Window Parse(string? start, string? end)
    {
        if (string.IsNullOrEmpty(start) || string.IsNullOrEmpty(end))
        {
            throw new GraphFailure(400, "ErrorInvalidParameter", "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.");
        }

        var window = new Window(Point(start), Point(end));
        return window.End > window.Start
            ? window
            : throw new GraphFailure(400, "ErrorInvalidParameter", "The EndDateTime must be later than the StartDateTime.");
    }

    /// <summary>True when the two overlap; something without length is inside from the start on.</summary>
    public bool Overlaps(Instant start, Instant end) => start < End && (end > Start || (start == end && start == Start));

    private static Instant Point(string text)
    {
        // In a query a plus is a space unless the client escaped it.
        string repaired = text.Replace(' ', '+');
        if (OffsetDateTimePattern.ExtendedIso.Parse(repaired).TryGetValue(default, out var point))
        {
            return point.ToInstant();
        }

        if (LocalDateTimePattern.ExtendedIso.Parse(repaired).TryGetValue(default, out var wall))
        {
            return wall.InUtc().ToInstant();
        }

        return LocalDatePattern.Iso.Parse(repaired).TryGetValue(default, out var date)
            ? date.AtMidnight().InUtc().ToInstant()
            : throw new GraphFailure(400, "ErrorInvalidParameter", $"The value '{text}' is not a valid date and time.");
    }
}
