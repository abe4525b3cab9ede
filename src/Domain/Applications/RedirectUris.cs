using System.Buffers;
using System.Text;

namespace CalendarActors.Domain.Applications;

/// <summary>Which addresses an application may register to be sent back to.</summary>
/// <remarks>
/// Source: RFC 6749 3.1.2 (absolute, no fragment), RFC 9207 2 and RFC 6749 4.1.2 (our own answer parameters must not be
/// there already), RFC 9700 4.1 (compared as they are, character by character).
/// </remarks>
public static class RedirectUris
{
    /// <summary>The most that one application may register.</summary>
    public const int MaxCount = 50;

    /// <summary>The most characters of one.</summary>
    public const int MaxLength = 2000;

    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly string[] AnswerParameters = ["iss", "code", "state", "error"];

    /// <summary>What is wrong with one, as a sentence for the operator; null when it is fine.</summary>
    /// <param name="text">As given.</param>
    public static string? ProblemOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A redirect URI must not be empty.";
        }

        if (text.Length > MaxLength)
        {
            return $"A redirect URI has at most {MaxLength} characters.";
        }

        if (text.AsSpan().IndexOfAnyExcept(UriCharacters) >= 0)
        {
            return "A redirect URI has only the characters that RFC 3986 allows; escape the others with %.";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return "A redirect URI is an absolute http or https URL.";
        }

        if (text.Contains('#', StringComparison.Ordinal))
        {
            return "A redirect URI has no fragment (RFC 6749 section 3.1.2).";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "A redirect URI has no user name or password.";
        }

        string? taken = uri.Query.TrimStart('?').Split('&')
            .Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]))
            .FirstOrDefault(name => AnswerParameters.Contains(name, StringComparer.Ordinal));
        return taken is null ? null : $"A redirect URI has no query parameter '{taken}': the answer adds one.";
    }

    /// <summary>Adds parameters to a registered redirect URI, after a query that it may have (RFC 6749 4.1.2).</summary>
    /// <param name="redirectUri">As registered.</param>
    /// <param name="parameters">Name and value; those with a null value are left out.</param>
    public static string With(string redirectUri, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(redirectUri);
        var text = new StringBuilder(redirectUri);
        char separator = redirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return text.ToString();
    }
}
