using System.Collections.Immutable;
using CalendarActors.Domain.Secrets;
using NodaTime;

namespace CalendarActors.Grains.Attachments;

/// <summary>An uploaded file without its bytes, as stored. Its row is written last and deleted first: with it there is a file.</summary>
[GenerateSerializer, Immutable, Alias("attachment-state")]
internal sealed record AttachmentState
{
    /// <summary>Of this shape: 1.</summary>
    [Id(0)]
    public int Shape { get; init; } = 1;

    /// <summary>Whose it is; empty where there is nothing.</summary>
    [Id(1)]
    public string ClientId { get; init; } = "";

    /// <summary>The file's name, sealed with the file's own key.</summary>
    [Id(2)]
    public SealedSecret? Name { get; init; }

    /// <summary>Its media type.</summary>
    [Id(3)]
    public string ContentType { get; init; } = "";

    /// <summary>When it was uploaded.</summary>
    [Id(4)]
    public Instant Uploaded { get; init; }

    /// <summary>The file's own key, sealed with the application's; null once it is not kept for its own sake any more.</summary>
    [Id(5)]
    public SealedSecret? ApplicationKey { get; init; }

    /// <summary>The calendars in which events may have it, in the order of attaching.</summary>
    [Id(6)]
    public ImmutableArray<StoredUse> Uses { get; init; } = [];

    /// <summary>True when there is a file.</summary>
    public bool Exists => ClientId.Length > 0;
}
