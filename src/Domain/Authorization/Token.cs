using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Domain.Authorization;

/// <summary>A token of ours, taken apart: who may hold it, which grain knows it, and its secret.</summary>
/// <remarks>
/// Text form: <c>kind "_" client-tag "_" grain-key "." secret mac</c>, where the secret is 43 base64url characters
/// (256 bits) and the mac 11 (64 bits of HMAC-SHA256 over everything before it). The mac lets a gateway refuse guesses
/// without asking a grain; the grain compares the hash of the whole text.
/// </remarks>
public sealed class Token
{
    private const int SecretLength = 43;
    private const int MacLength = 11;
    private const int MaxLength = 256;
    private const string ClientPrefix = "app_";

    private static readonly string[] KindWords = ["at", "rt", "ac", "cs", "wh", "lt", "af"];

    private Token(TokenKind kind, string clientId, string grainKey, string text)
    {
        Kind = kind;
        ClientId = clientId;
        GrainKey = grainKey;
        Text = text;
    }

    /// <summary>What it is good for.</summary>
    public TokenKind Kind { get; }

    /// <summary>The application it was issued to, <c>app_…</c>.</summary>
    public string ClientId { get; }

    /// <summary>The grain that knows its hash: <c>acc_…</c>, <c>apc_…</c>, the application's own, or <c>cal_…</c> for a hook.</summary>
    public string GrainKey { get; }

    /// <summary>The whole token: a secret.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text: what is stored and compared.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Makes a token.</summary>
    /// <param name="kind">What it is good for.</param>
    /// <param name="clientId"><c>app_</c> and letters or digits.</param>
    /// <param name="grainKey">Letters, digits and <c>_</c>.</param>
    /// <param name="random">32 random bytes.</param>
    /// <param name="macKey"><see cref="Secrets.DerivedKeys.TokenMac"/>.</param>
    public static Token Mint(
        TokenKind kind, string clientId, string grainKey, ReadOnlySpan<byte> random, ReadOnlySpan<byte> macKey)
    {
        if (random.Length != 32)
        {
            throw new ArgumentException("A token takes 32 random bytes.", nameof(random));
        }

        if (!clientId.StartsWith(ClientPrefix, StringComparison.Ordinal))
        {
            throw new ArgumentException("A client id starts with app_.", nameof(clientId));
        }

        string body = $"{KindWords[(int)kind]}_{clientId[ClientPrefix.Length..]}_{grainKey}.{Base64Url.EncodeToString(random)}";
        return new Token(kind, clientId, grainKey, body + Mac(body, macKey));
    }

    /// <summary>Takes a text apart; false for anything that we did not mint.</summary>
    public static bool TryParse(string? text, ReadOnlySpan<byte> macKey, [NotNullWhen(true)] out Token? token)
    {
        token = null;
        if (text is null || text.Length > MaxLength || !Ascii.IsValid(text))
        {
            return false;
        }

        int dot = text.IndexOf('.', StringComparison.Ordinal);
        int first = text.IndexOf('_', StringComparison.Ordinal);
        int second = first < 0 ? -1 : text.IndexOf('_', first + 1);
        if (second < 0 || dot < second + 2 || text.Length - dot - 1 != SecretLength + MacLength)
        {
            return false;
        }

        int kind = Array.IndexOf(KindWords, text[..first]);
        string body = text[..^MacLength];
        if (kind < 0 || !CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Mac(body, macKey)), Encoding.ASCII.GetBytes(text[^MacLength..])))
        {
            return false;
        }

        token = new Token((TokenKind)kind, ClientPrefix + text[(first + 1)..second], text[(second + 1)..dot], text);
        return true;
    }

    /// <summary>Prints no secret.</summary>
    public override string ToString() => $"Token({Kind}, {GrainKey})";

    private static string Mac(string body, ReadOnlySpan<byte> macKey) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(macKey, Encoding.ASCII.GetBytes(body)).AsSpan(0, 8));
}
