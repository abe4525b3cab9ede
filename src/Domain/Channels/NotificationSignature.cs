using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>How a receiver knows that a notification is ours and whole.</summary>
public static class NotificationSignature
{
    /// <summary>The vendor's header.</summary>
    public const string Header = "Cronofy-HMAC-SHA256";

    // Keeps the key of one scheme apart from the key of the other, and within the 24 to 64 bytes that this scheme demands.
    private static readonly byte[] StandardPurpose = "standard-webhooks"u8.ToArray();

    /// <summary>
    /// HMAC-SHA256 of the raw body by each live secret, base64, by commas and without a space: four of the five libraries
    /// compare the parts as they are.
    /// </summary>
    /// <param name="body">As it is sent.</param>
    /// <param name="secrets">The application's live secrets, one or more.</param>
    public static string Of(ReadOnlySpan<byte> body, IReadOnlyList<byte[]> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        StringBuilder text = new();
        foreach (byte[] secret in secrets)
        {
            text.Append(text.Length > 0 ? "," : "").Append(Convert.ToBase64String(HMACSHA256.HashData(secret, body)));
        }

        return text.ToString();
    }

    /// <summary>The key of a secret for <see cref="Standard"/>: HMAC-SHA256 of <c>standard-webhooks</c> by the secret.</summary>
    public static byte[] StandardKey(byte[] secret) => HMACSHA256.HashData(secret, StandardPurpose);

    /// <summary>The three headers of the Standard Webhooks specification 1.0.0, signed by each live secret.</summary>
    /// <param name="body">As it is sent.</param>
    /// <param name="id">The delivery's id.</param>
    /// <param name="sent">When this attempt is made.</param>
    /// <param name="secrets">The application's live secrets, one or more.</param>
    public static IEnumerable<KeyValuePair<string, string>> Standard(
        byte[] body, string id, Instant sent, IReadOnlyList<byte[]> secrets)
    {
        long seconds = sent.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{seconds}."), .. body];
        yield return new("webhook-id", id);
        yield return new("webhook-timestamp", $"{seconds}");
        yield return new(
            "webhook-signature",
            string.Join(' ', secrets.Select(s => "v1," + Convert.ToBase64String(HMACSHA256.HashData(StandardKey(s), signed)))));
    }
}
