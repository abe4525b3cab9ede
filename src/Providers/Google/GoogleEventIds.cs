using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace CalendarActors.Providers.Google;

/// <summary>The ids under which events of ours are created: 5 to 1,024 characters of 0-9 and a-v (Events: insert, id).</summary>
internal static class GoogleEventIds
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private const int MinLength = 5;
    private const int MaxLength = 1024;

    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>The id of an event key: the key itself where it can be one, as all keys of ours can; else made of it.</summary>
    public static string Of(string eventKey)
    {
        if (eventKey.Length is >= MinLength and <= MaxLength && !eventKey.AsSpan().ContainsAnyExcept(Allowed))
        {
            return eventKey;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(eventKey);
        string encoded = $"named{Base32(bytes)}";
        return encoded.Length <= MaxLength ? encoded : $"hash{Base32(SHA256.HashData(bytes))}";
    }

    // RFC 4648 section 7, in lower case and without padding.
    private static string Base32(byte[] bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 / 5) + 1);
        int buffer = 0;
        int bits = 0;
        foreach (byte b in bytes)
        {
            buffer = ((buffer << 8) | b) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Alphabet[(buffer >> (bits - 5)) & 31]);
            }
        }

        return (bits > 0 ? text.Append(Alphabet[(buffer << (5 - bits)) & 31]) : text).ToString();
    }
}
