using System.Collections.Immutable;
using System.Text;

namespace CalendarActors.Providers.ICalendar;

/// <summary>One property as written (RFC 5545 section 3.1), unfolded.</summary>
/// <remarks>
/// <see cref="Text"/> is the truth: a line that nobody edits is written back exactly as it was read. A line that is no
/// property at all (no colon) is kept with an empty name, so that an edit does not lose it.
/// </remarks>
internal sealed class ContentLine
{
    private ContentLine(string text, string name, ImmutableArray<LineParameter> parameters, string value)
    {
        Text = text;
        Name = name;
        Parameters = parameters;
        Value = value;
    }

    /// <summary>The whole line, unfolded.</summary>
    public string Text { get; }

    /// <summary>In upper case; empty when the line is no property.</summary>
    public string Name { get; }

    /// <summary>In the order in which they are written.</summary>
    public ImmutableArray<LineParameter> Parameters { get; }

    /// <summary>Everything after the colon, escapes included.</summary>
    public string Value { get; }

    /// <summary>The value of a property of type TEXT (RFC 5545 section 3.3.11).</summary>
    public string TextValue => LineText.Unescape(Value);

    /// <summary>The first value of a parameter; null when it is not there.</summary>
    public string? Parameter(string name)
    {
        foreach (LineParameter parameter in Parameters)
        {
            if (parameter.Name == name)
            {
                return parameter.Value;
            }
        }

        return null;
    }

    /// <summary>Reads an unfolded line.</summary>
    public static ContentLine Parse(string text)
    {
        int at = 0;
        while (at < text.Length && text[at] is not (';' or ':'))
        {
            at++;
        }

        string name = text[..at].Trim().ToUpperInvariant();
        ImmutableArray<LineParameter>.Builder parameters = ImmutableArray.CreateBuilder<LineParameter>();
        while (at < text.Length && text[at] == ';')
        {
            int start = ++at;
            bool isQuoted = false;
            while (at < text.Length && (isQuoted || text[at] is not (';' or ':')))
            {
                isQuoted ^= text[at] == '"';
                at++;
            }

            if (at == text.Length && isQuoted)
            {
                // A quote that nobody closes would swallow the value: read it again as a plain character.
                at = start;
                while (at < text.Length && text[at] is not (';' or ':'))
                {
                    at++;
                }
            }

            parameters.Add(LineParameter.Parse(text[start..at]));
        }

        return at < text.Length && name.Length > 0
            ? new ContentLine(text, name, parameters.ToImmutable(), text[(at + 1)..])
            : new ContentLine(text, "", [], "");
    }

    /// <summary>Makes a line.</summary>
    /// <param name="name">In upper case.</param>
    /// <param name="value">With its escapes.</param>
    /// <param name="parameters">In order.</param>
    public static ContentLine Create(string name, string value, params IEnumerable<LineParameter> parameters)
    {
        ImmutableArray<LineParameter> all = [.. parameters];
        var text = new StringBuilder(name);
        foreach (LineParameter parameter in all)
        {
            text.Append(';').Append(parameter.Text);
        }

        // A control character, above all a line break, would end the line: whatever made the value, it may not.
        string clean = LineText.WithoutControls(value);
        return new ContentLine(text.Append(':').Append(clean).ToString(), name, all, clean);
    }
}
