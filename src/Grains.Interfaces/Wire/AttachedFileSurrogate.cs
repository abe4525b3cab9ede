using CalendarActors.Domain.Attachments;

namespace CalendarActors.Grains.Interfaces.Wire;

/// <summary>An <see cref="AttachedFile"/> on the wire and in stored state.</summary>
[GenerateSerializer, Alias("attached-file")]
public struct AttachedFileSurrogate
{
    /// <summary>See <see cref="AttachedFile.Url"/>.</summary>
    [Id(0)]
    public string Url { get; set; }

    /// <summary>See <see cref="AttachedFile.FileName"/>.</summary>
    [Id(1)]
    public string? FileName { get; set; }

    /// <summary>See <see cref="AttachedFile.ContentType"/>.</summary>
    [Id(2)]
    public string? ContentType { get; set; }
}

/// <summary>Converts <see cref="AttachedFile"/>.</summary>
[RegisterConverter]
public sealed class AttachedFileConverter : IConverter<AttachedFile, AttachedFileSurrogate>
{
    /// <inheritdoc/>
    public AttachedFile ConvertFromSurrogate(in AttachedFileSurrogate surrogate) =>
        new(surrogate.Url, surrogate.FileName, surrogate.ContentType);

    /// <inheritdoc/>
    public AttachedFileSurrogate ConvertToSurrogate(in AttachedFile value) =>
        new() { Url = value.Url, FileName = value.FileName, ContentType = value.ContentType };
}
