using CalendarActors.Domain.Secrets;

namespace CalendarActors.Grains.Attachments;

/// <summary>An uploaded file's bytes, as stored: apart, because they never change.</summary>
[GenerateSerializer, Immutable, Alias("attachment-content-state")]
internal sealed record AttachmentContentState
{
    /// <summary>The bytes, sealed with the file's own key; null where there is nothing.</summary>
    [Id(0)]
    public SealedSecret? Content { get; init; }
}
