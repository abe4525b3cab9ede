using System.Globalization;

namespace CalendarActors.Simulators.Google.Wire;

/// <summary>Ids, tokens and etags that are the same for the same seed and the same order of requests.</summary>
internal sealed class SeededIds(int seed)
{
    private const string Base32Hex = "0123456789abcdefghijklmnopqrstuv";
    private const string TokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly Random _random = new(seed);
    private long _etag = 3_540_000_000_000_000;

    public string Event() => Draw(Base32Hex, 26);

    public string Token(int length = 48) => Draw(TokenAlphabet, length);

    public string Etag() => $"\"{(_etag += 2).ToString(CultureInfo.InvariantCulture)}\"";

    /// <summary>How far a channel's message number rises: not by one each time.</summary>
    public int NumberGap() => _random.Next(1, 5);

    private string Draw(string alphabet, int length) =>
        string.Create(length, (_random, alphabet), static (span, from) =>
        {
            for (int index = 0; index < span.Length; index++)
            {
                span[index] = from.alphabet[from._random.Next(from.alphabet.Length)];
            }
        });
}
