using System.Security.Cryptography;
using System.Text;
using CalendarActors.Domain.Attachments;
using CalendarActors.Domain.Authorization;
using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Interfaces.Attachments;

/// <summary>The links by which calendars open attached files.</summary>
/// <remarks>
/// A link is its attachment's, its grant's and its calendar's: events of one calendar share it, and attaching again makes the
/// same one. Its secret is derived (256 bits, HMAC-SHA-256), so none is stored.
/// </remarks>
public static class AttachmentLinks
{
    /// <summary>The token at the link's end.</summary>
    /// <param name="keys">Makes it.</param>
    /// <param name="attachmentId"><c>att_…</c>.</param>
    /// <param name="clientId"><c>app_…</c>.</param>
    /// <param name="grantId">Which grant opens it.</param>
    /// <param name="calendarId"><c>cal_…</c>.</param>
    public static Token TokenOf(DerivedKeys keys, string attachmentId, string clientId, string grantId, string calendarId)
    {
        ArgumentNullException.ThrowIfNull(keys);
        byte[] secret = HMACSHA256.HashData(
            keys.Attachments.Span, Encoding.UTF8.GetBytes($"{attachmentId}\n{clientId}\n{grantId}\n{calendarId}"));
        return Token.Mint(TokenKind.Attachment, clientId, grantId, secret, keys.TokenMac.Span);
    }

    /// <summary>The link's path and query, whatever the address of the service is.</summary>
    /// <param name="attachmentId"><c>att_…</c>.</param>
    /// <param name="token">Its token.</param>
    public static string PathOf(string attachmentId, Token token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return $"{AttachedFile.Path}{attachmentId}{AttachedFile.Key}{token.Text}";
    }
}
