using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Domain.Authorization;

/// <summary>Proof key for code exchange, RFC 7636, method S256 only.</summary>
public static class Pkce
{
    /// <summary>The one method that we take.</summary>
    public const string Method = "S256";

    private const int ChallengeLength = 43;

    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly SearchValues<char> VerifierCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>True for the form of an S256 challenge: 43 base64url characters (4.2).</summary>
    public static bool IsChallenge(string? text) =>
        text?.Length == ChallengeLength && text.AsSpan().IndexOfAnyExcept(Base64UrlCharacters) < 0;

    /// <summary>True for the form of a verifier: 43 to 128 unreserved characters (4.1).</summary>
    public static bool IsVerifier(string? text) =>
        text is { Length: >= 43 and <= 128 } && text.AsSpan().IndexOfAnyExcept(VerifierCharacters) < 0;

    /// <summary>
    /// True when the verifier answers the challenge (4.6), and when there is neither. A verifier without a challenge is
    /// refused: somebody took the challenge out on the way (RFC 9700 4.8.2).
    /// </summary>
    public static bool Answers(string? verifier, string? challenge)
    {
        if (verifier is null || challenge is null)
        {
            return verifier is null && challenge is null;
        }

        return IsVerifier(verifier) && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            Encoding.ASCII.GetBytes(challenge));
    }
}
