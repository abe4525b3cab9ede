using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace CalendarActors.Domain.Channels;

/// <summary>One notification of a channel and what became of it.</summary>
/// <param name="Sequence">1 for the channel's first; one more each time.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Since">Of a change: read what changed since then; else null. Told in whole seconds, cut.</param>
/// <param name="Through">The last sequence of the person's feed that it tells of; 0 for what is not from the feed.</param>
/// <param name="Progress">How far it has come.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Attempts">Calls made, 0 or more.</param>
/// <param name="FirstAttempt">When the first ended; null before.</param>
/// <param name="LastAttempt">When the last ended; null before the first.</param>
/// <param name="NextAttempt">No attempt before then; null when none is due or it is due at once.</param>
/// <param name="Outcome">How the last ended; null before the first.</param>
/// <param name="Status">The last HTTP status; null when there was none.</param>
public sealed record Delivery(
    long Sequence,
    NotificationKind Kind,
    Instant? Since,
    long Through,
    DeliveryProgress Progress,
    Instant Created,
    int Attempts = 0,
    Instant? FirstAttempt = null,
    Instant? LastAttempt = null,
    Instant? NextAttempt = null,
    CallbackOutcome? Outcome = null,
    int? Status = null)
{
    /// <summary>Makes one of a notice that waited.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="sequence">Its number.</param>
    /// <param name="now">The clock.</param>
    /// <param name="isPushed">False to leave it for fetching.</param>
    public static Delivery Of(Notice notice, long sequence, Instant now, bool isPushed)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return new Delivery(
            sequence,
            notice.Kind,
            notice.Since,
            notice.Through,
            isPushed ? DeliveryProgress.Pending : DeliveryProgress.Unpushed,
            now);
    }

    /// <summary>The id that receivers may know a repetition by: the same for each attempt, another for whatever tells more.</summary>
    /// <remarks>
    /// A delivery is stored after it was made. What a crash forgot is told again from the feed: by the same id where it says
    /// the same, by another where more has happened meanwhile, which no receiver may then take for a repetition.
    /// </remarks>
    /// <param name="channelId"><c>chn_…</c>.</param>
    /// <returns><c>msg_</c> and 24 hex digits.</returns>
    public string IdFor(string channelId) => "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{channelId}\n{Sequence}\n{(int)Kind}\n{Since?.ToUnixTimeTicks()}\n{Through}")).AsSpan(0, 12));
}
