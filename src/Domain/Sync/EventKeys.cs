using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Domain.Sync;

/// <summary>Names managed events at the provider.</summary>
public static class EventKeys
{
    // Google takes client-supplied ids in base32hex only: a-v and 0-9, 5 to 1,024 characters (Events: insert, id).
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private const int Length = 26;

    /// <summary>The name: 26 characters of 0-9 and a-v (130 bits), the same whenever it is asked for.</summary>
    /// <param name="keys">The installation's keys.</param>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    /// <param name="key">Whose event.</param>
    /// <param name="incarnation">See <see cref="ManagedEvent.Incarnation"/>.</param>
    public static string Of(DerivedKeys keys, string calendarId, ManagedKey key, int incarnation)
    {
        // Lengths go in as well, so that no two lists of parts read alike.
        string text = $"event {key.ClientId.Length}:{key.ClientId} {calendarId.Length}:{calendarId} "
            + $"{key.EventId.Length}:{key.EventId} {incarnation}";
        byte[] hash = HMACSHA256.HashData(keys.Ids.Span, Encoding.UTF8.GetBytes(text));
        return string.Create(Length, hash, static (name, hash) =>
        {
            for (int i = 0; i < name.Length; i++)
            {
                int bit = i * 5;
                int two = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
                name[i] = Alphabet[(two >> (11 - (bit % 8))) & 31];
            }
        });
    }
}
