using System.Net.Http.Headers;

namespace CalendarActors.Providers.Outbound;

/// <summary>A full answer.</summary>
/// <param name="Status">HTTP status; never a redirect that could have been followed.</param>
/// <param name="Address">Where it came from, after redirects.</param>
/// <param name="Headers">Headers of the answer.</param>
/// <param name="ContentType">Media type without parameters; null when none was given.</param>
/// <param name="Body">The body, decompressed.</param>
internal sealed record OutboundResponse(
    int Status, Uri Address, HttpResponseHeaders Headers, string? ContentType, byte[] Body)
{
    /// <summary>Prints the status only.</summary>
    public override string ToString() => $"OutboundResponse({Status})";
}
