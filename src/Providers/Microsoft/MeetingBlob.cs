using System.Net;
using Microsoft.Graph.Models;

namespace CalendarActors.Providers.Microsoft;

/// <summary>The paragraph about joining that an online meeting has in its body.</summary>
/// <remarks>
/// It is set off by lines of underscores. A body written without it takes the meeting off the event for good (Graph,
/// "Update event"), and nobody reads it as a description: it is left out when reading and put back when writing.
/// </remarks>
internal static class MeetingBlob
{
    private const string Ruler = "________________________________";

    /// <summary>A body's own text.</summary>
    /// <param name="row">The event that it is of.</param>
    /// <param name="text">Plain.</param>
    public static string WithoutIn(Event row, string text)
    {
        int first = row.IsOnlineMeeting == true ? text.IndexOf(Ruler, StringComparison.Ordinal) : -1;
        if (first < 0)
        {
            return text;
        }

        int last = text.LastIndexOf(Ruler, StringComparison.Ordinal);
        int end = text.IndexOf('\n', last);
        string behind = last == first || end < 0 ? "" : text[end..];
        return $"{text[..first].TrimEnd()}{behind}".Trim();
    }

    /// <summary>A body with other words and the paragraph of before.</summary>
    /// <param name="html">The body as it is, in HTML.</param>
    /// <param name="text">The words.</param>
    public static ItemBody WithWords(string html, string text)
    {
        int first = html.IndexOf(Ruler, StringComparison.Ordinal);
        string words = WebUtility.HtmlEncode(text).Replace("\n", "<br>\n", StringComparison.Ordinal);
        return first < 0
            ? new ItemBody { ContentType = BodyType.Text, Content = text }
            : new ItemBody
            {
                ContentType = BodyType.Html,
                Content = $"<html><body><div>{words}</div><br>\n<div>{html[first..]}",
            };
    }
}
