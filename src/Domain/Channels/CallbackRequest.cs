using System.Collections.Immutable;

namespace CalendarActors.Domain.Channels;

/// <summary>A notification as it goes out.</summary>
/// <param name="Application">Whose channel it is: calls of one application do not crowd out those of another.</param>
/// <param name="Address">The callback's URL; it may hold a secret.</param>
/// <param name="Body">JSON in UTF-8, as it was signed.</param>
/// <param name="Headers">Names and values beside the content type.</param>
public sealed record CallbackRequest(
    string Application,
    string Address,
    ReadOnlyMemory<byte> Body,
    ImmutableArray<KeyValuePair<string, string>> Headers)
{
    /// <summary>Prints no address.</summary>
    public override string ToString() => $"CallbackRequest({Application})";
}
