using System.Buffers;

namespace CalendarActors.Domain.Channels;

/// <summary>Which addresses an application may have its notifications sent to.</summary>
/// <remarks>
/// Cronofy, "Creating Notification Channels" (read 2026-11): HTTP or HTTPS. Where an address leads is looked at when it is
/// called, by the guard of everything that goes out.
/// </remarks>
public static class CallbackAddresses
{
    /// <summary>The most characters. The vendor's older text says 128, and its libraries do not care.</summary>
    public const int MaxLength = 2_048;

    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%{}|");

    /// <summary>What is wrong with one, as a sentence; null when it is fine.</summary>
    /// <param name="text">As given.</param>
    public static string? ProblemOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return $"must be at most {MaxLength} characters";
        }

        if (text.AsSpan().IndexOfAnyExcept(UriCharacters) >= 0)
        {
            return "must have only the characters of a URL; escape the others with %";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            return "must be an absolute http or https URL";
        }

        return uri.UserInfo.Length > 0 ? "must have no user name or password: use the path or the query" : null;
    }
}
