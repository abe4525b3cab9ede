using System.Buffers;
using System.Text;

namespace CalendarActors.Providers.ICalendar;

/// <summary>Escapes of TEXT values (RFC 5545 section 3.3.11).</summary>
internal static class LineText
{
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Concat([0x7f]).Concat(Enumerable.Range(0xd800, 0x800)).Select(c => (char)c).Where(c => c != '\t')]);

    /// <summary>From the wire to what people read; line breaks become <c>\n</c>.</summary>
    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
                text.Append(value[i] is 'n' or 'N' ? '\n' : value[i]);
            }
            else
            {
                text.Append(value[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>From what people read to the wire.</summary>
    public static string Escape(string text) => WithoutControls(text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\n", StringComparison.Ordinal));

    /// <summary>The values of a list, split at commas that are not escaped, each unescaped.</summary>
    public static IEnumerable<string> SplitList(string value)
    {
        int start = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] == '\\')
            {
                i++;
            }
            else if (i >= value.Length || value[i] == ',')
            {
                yield return Unescape(value[start..Math.Min(i, value.Length)]).Trim();
                start = i + 1;
            }
        }
    }

    /// <summary>
    /// Without control characters other than a tab, which are not allowed in a line (RFC 5545 section 3.1), and with
    /// halves of characters, which cannot be encoded, replaced.
    /// </summary>
    public static string WithoutControls(string value)
    {
        if (!value.AsSpan().ContainsAny(Suspicious))
        {
            return value;
        }

        var clean = new StringBuilder(value.Length);
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.Value is '\t' or (>= ' ' and not '\u007f'))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
