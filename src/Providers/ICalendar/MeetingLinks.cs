using System.Text.RegularExpressions;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Finds the link to join a meeting, wherever its author put it.</summary>
internal static partial class MeetingLinks
{
    // Properties that hold nothing but such a link, best first.
    private static readonly string[] LinkProperties =
        ["X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"];

    private static readonly string[] TextProperties = ["URL", "LOCATION", "DESCRIPTION"];

    /// <summary>The best link of an event; null when there is none.</summary>
    public static string? Find(CalendarComponent calendarEvent)
    {
        string? conference = calendarEvent.LinesNamed("CONFERENCE")
            .OrderByDescending(l => l.Parameter("FEATURE")?.Contains("VIDEO", StringComparison.OrdinalIgnoreCase) == true)
            .Concat(LinkProperties.SelectMany(calendarEvent.LinesNamed))
            .Select(l => l.Value.Trim())
            .FirstOrDefault(IsWebLink);
        return conference ?? FindIn(TextProperties.Select(name => calendarEvent.Line(name)?.TextValue));
    }

    /// <summary>The first link of a known kind in texts, best first; null when there is none.</summary>
    public static string? FindIn(params IEnumerable<string?> texts) => texts
        .OfType<string>()
        .Select(text => KnownLink().Match(text))
        .FirstOrDefault(match => match.Success)?.Value.TrimEnd('.', ',', ';', ')', ']');

    /// <summary>True for a web address of usual length.</summary>
    public static bool IsWebLink(string value) =>
        value.Length <= 2048 && Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http";

    // Non-backtracking: the text is a stranger's.
    [GeneratedRegex(
        """
        https://(?:[a-z0-9-]{1,63}\.){0,3}(?:zoom\.us/(?:j|my|w|s)/|zoomgov\.com/j/|meet\.google\.com/|teams\.microsoft\.com/(?:l/meetup-join|meet)/|teams\.live\.com/meet/|webex\.com/|whereby\.com/|meet\.jit\.si/|meet\.goto\.com/|gotomeeting\.com/join/|chime\.aws/)[^\s<>"'\\]{0,1500}
        """,
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex KnownLink();
}
