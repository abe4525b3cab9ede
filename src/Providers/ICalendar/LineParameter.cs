using System.Text;

namespace CalendarActors.Providers.ICalendar;

/// <summary>One parameter of a property (RFC 5545 section 3.2).</summary>
/// <param name="Text">As written, name and quotes included.</param>
/// <param name="Name">In upper case.</param>
/// <param name="Value">Its first value, without quotes and with the escapes of RFC 6868 undone.</param>
internal sealed record LineParameter(string Text, string Name, string Value)
{
    /// <summary>Reads <c>NAME=value</c>.</summary>
    public static LineParameter Parse(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return new LineParameter(text, text.Trim().ToUpperInvariant(), "");
        }

        string raw = text[(equals + 1)..].Trim();
        int end = raw.StartsWith('"') ? raw.IndexOf('"', 1) : raw.IndexOf(',', StringComparison.Ordinal);
        string first = raw.StartsWith('"')
            ? raw[1..(end < 0 ? raw.Length : end)]
            : raw[..(end < 0 ? raw.Length : end)];
        return new LineParameter(text, text[..equals].Trim().ToUpperInvariant(), Decode(first));
    }

    /// <summary>Makes a parameter, quoted where it must be.</summary>
    public static LineParameter Create(string name, string value)
    {
        string encoded = LineText.WithoutControls(value
            .Replace("^", "^^", StringComparison.Ordinal)
            .ReplaceLineEndings("^n")
            .Replace("\"", "^'", StringComparison.Ordinal));
        bool mustQuote = encoded.AsSpan().IndexOfAny(";:,") >= 0;
        return new LineParameter($"{name}={(mustQuote ? $"\"{encoded}\"" : encoded)}", name, value);
    }

    private static string Decode(string value)
    {
        if (!value.Contains('^', StringComparison.Ordinal))
        {
            return value;
        }

        var decoded = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char next = value[i] == '^' && i + 1 < value.Length ? value[i + 1] : '\0';
            switch (next)
            {
                case 'n':
                    decoded.Append('\n');
                    i++;
                    break;
                case '^':
                    decoded.Append('^');
                    i++;
                    break;
                case '\'':
                    decoded.Append('"');
                    i++;
                    break;
                default:
                    decoded.Append(value[i]);
                    break;
            }
        }

        return decoded.ToString();
    }
}
