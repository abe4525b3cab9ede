using System.Text;

namespace CalendarActors.Providers.ICalendar;

/// <summary>iCalendar text to components and back (RFC 5545 section 3.1), in one pass and with bounds.</summary>
internal static class CalendarText
{
    /// <summary>Longest resource that is read, in characters.</summary>
    public const int MaxLength = 1024 * 1024;

    private const int MaxDepth = 8;
    private const int MaxComponents = 20_000;
    private const int FoldAfterBytes = 75;

    /// <summary>Reads one <c>VCALENDAR</c>.</summary>
    /// <returns>Null when the text is too long, is not balanced, or is not exactly one calendar.</returns>
    public static CalendarComponent? Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        CalendarComponent? root = null;
        int count = 0;
        var open = new Stack<CalendarComponent>();
        foreach (ContentLine line in Unfold(text).Select(ContentLine.Parse))
        {
            if (line.Name == "BEGIN")
            {
                var component = new CalendarComponent(line.Value.Trim().ToUpperInvariant());
                if (open.Count == MaxDepth || ++count > MaxComponents || (open.Count == 0 && root is not null))
                {
                    return null;
                }

                if (open.Count == 0)
                {
                    root = component;
                }
                else
                {
                    open.Peek().Components.Add(component);
                }

                open.Push(component);
            }
            else if (line.Name == "END")
            {
                if (open.Count == 0 || !open.Pop().Name.Equals(line.Value.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return null;
                }
            }
            else if (open.Count > 0)
            {
                open.Peek().Lines.Add(line);
            }
            else
            {
                return null;
            }
        }

        return open.Count == 0 && root?.Name == "VCALENDAR" ? root : null;
    }

    /// <summary>Writes components as text, lines folded after 75 bytes and ended by CRLF.</summary>
    public static string Write(CalendarComponent component)
    {
        var text = new StringBuilder();
        Append(text, component);
        return text.ToString();
    }

    private static IEnumerable<string> Unfold(string text)
    {
        var logical = new StringBuilder();
        int at = text.StartsWith('\ufeff') ? 1 : 0;
        while (at < text.Length)
        {
            int end = text.AsSpan(at).IndexOfAny('\r', '\n');
            end = end < 0 ? text.Length : at + end;
            ReadOnlySpan<char> physical = text.AsSpan(at, end - at);
            bool isContinuation = physical.Length > 0 && physical[0] is ' ' or '\t';
            string? done = null;
            if (!isContinuation && logical.Length > 0)
            {
                done = logical.ToString().TrimStart();
                logical.Clear();
            }

            logical.Append(isContinuation ? physical[1..] : physical);
            at = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            if (!string.IsNullOrWhiteSpace(done))
            {
                yield return done;
            }
        }

        if (!string.IsNullOrWhiteSpace(logical.ToString()))
        {
            yield return logical.ToString().TrimStart();
        }
    }

    private static void Append(StringBuilder text, CalendarComponent component)
    {
        text.Append("BEGIN:").Append(component.Name).Append("\r\n");
        foreach (ContentLine line in component.Lines)
        {
            AppendFolded(text, line.Text);
        }

        foreach (CalendarComponent child in component.Components)
        {
            Append(text, child);
        }

        text.Append("END:").Append(component.Name).Append("\r\n");
    }

    private static void AppendFolded(StringBuilder text, string line)
    {
        int used = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > FoldAfterBytes)
            {
                text.Append("\r\n ");
                used = 1;
            }

            text.Append(rune.ToString());
            used += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
