using System.Net.Http.Headers;

namespace CalendarActors.Providers.Outbound;

/// <summary>One call to the outside.</summary>
internal sealed record OutboundRequest(HttpMethod Method, Uri Address)
{
    /// <summary>Sent with every hop, redirects included.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Media type of <see cref="Body"/>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Sent to <see cref="Address"/>'s host and, after a redirect, to hosts under the same registrable domain.</summary>
    public AuthenticationHeaderValue? Credentials { get; init; }

    /// <summary>Longest body of an answer, in bytes after decompression.</summary>
    public int MaxResponseBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>For the whole call, redirects and the one retry included; below 25 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Prints no address of a person.</summary>
    public override string ToString() => $"OutboundRequest({Method})";
}
