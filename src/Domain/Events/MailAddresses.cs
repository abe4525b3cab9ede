using System.Collections.Immutable;

namespace CalendarActors.Domain.Events;

/// <summary>Recognizes what can be a mail address. Only a mail that arrives proves one.</summary>
public static class MailAddresses
{
    // RFC 5321 section 4.5.3.1: 64 octets before the sign, 255 behind it, 254 in all as RFC 3696 (erratum 1690) adds up.
    private const int MaxLocal = 64;
    private const int MaxLength = 254;

    private static readonly System.Buffers.SearchValues<char> Forbidden =
        System.Buffers.SearchValues.Create(" \t\r\n\"(),:;<>[]\\\u007f\0");

    /// <summary>Those that can be one, each once: a login's mail address and its user name, say.</summary>
    public static ImmutableArray<string> Among(params IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Where(IsPlausible).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>True for <c>local@domain</c> with characters and lengths that mail servers accept; no quoted forms.</summary>
    public static bool IsPlausible(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at > MaxLocal || text.Length > MaxLength || text.AsSpan().ContainsAny(Forbidden)
            || text.AsSpan().ContainsAnyInRange('\u0001', '\u001f'))
        {
            return false;
        }

        ReadOnlySpan<char> domain = text.AsSpan(at + 1);
        return domain.Length > 0 && !domain.Contains('@') && IsDotted(text.AsSpan(0, at)) && IsDotted(domain)
            && domain[0] != '-' && domain[^1] != '-';
    }

    private static bool IsDotted(ReadOnlySpan<char> text) =>
        text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);
}
