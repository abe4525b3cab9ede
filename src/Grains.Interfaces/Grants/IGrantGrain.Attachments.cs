using System.Collections.Immutable;
using CalendarActors.Grains.Interfaces.Attachments;
using Orleans.Concurrency;

namespace CalendarActors.Grains.Interfaces.Grants;

public partial interface IGrantGrain
{
    /// <summary>A file attached to events of the person's, for whoever has its link.</summary>
    /// <param name="attachmentId"><c>att_…</c>.</param>
    /// <param name="linkHash">SHA-256 of the link's token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null when there is no such link, or the grant, the person, the file or its last event there is gone.</returns>
    [Alias("attachment"), AlwaysInterleave]
    Task<AttachmentContent?> Attachment(
        string attachmentId, ImmutableArray<byte> linkHash, CancellationToken cancellationToken);
}
