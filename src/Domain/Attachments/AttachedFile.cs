using System.Collections.Immutable;

namespace CalendarActors.Domain.Attachments;

/// <summary>A file of an application's, as an event refers to it: a link that opens it without any login.</summary>
/// <remarks>Two are the same when their links are: providers lose names and types, and a link never changes its file.</remarks>
/// <param name="Url">Absolute, of ours, and a secret: whoever knows it has the file.</param>
/// <param name="FileName">As <see cref="AttachmentRules.IsFileName"/> allows; null where a provider lost it.</param>
/// <param name="ContentType">Media type without parameters; null where a provider lost it.</param>
public sealed record AttachedFile(string Url, string? FileName, string? ContentType)
{
    /// <summary>In the path of every such link, before the attachment's id.</summary>
    public const string Path = "/attachments/";

    /// <summary>Between the id and the secret, which is in the query: paths are logged.</summary>
    public const string Key = "?key=";

    private const string IdPrefix = "att_";
    private const string TokenPrefix = Key + "af_";
    private const int MaxUrl = 1024;

    /// <inheritdoc/>
    public bool Equals(AttachedFile? other) => other is not null && Url == other.Url;

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Url, StringComparison.Ordinal);

    /// <summary>True for a link of the form that ours have, under whatever address this installation was reached.</summary>
    /// <remarks>What is not ours is another's attachment of the same event: never read, never touched.</remarks>
    public static bool IsOurs(string? url)
    {
        int at = url is { Length: <= MaxUrl } && url.StartsWith("http", StringComparison.Ordinal)
            ? url.IndexOf(Path + IdPrefix, StringComparison.Ordinal)
            : -1;
        return at > 0 && url!.IndexOf(TokenPrefix, at + Path.Length, StringComparison.Ordinal) > at;
    }

    /// <summary>In the one order in which they are written and read, each once: providers keep none.</summary>
    public static ImmutableArray<AttachedFile> InOrder(IEnumerable<AttachedFile> attachments) =>
        [.. attachments.Distinct().OrderBy(a => a.Url, StringComparer.Ordinal)];

    /// <summary>Prints nothing of it.</summary>
    public override string ToString() => "AttachedFile";
}
