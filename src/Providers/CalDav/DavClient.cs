using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Outbound;
using NodaTime;

namespace CalendarActors.Providers.CalDav;

/// <summary>Speaks WebDAV as one person, to the hosts of one owner.</summary>
/// <param name="http">The way out.</param>
/// <param name="time">Resolves <c>Retry-After</c>.</param>
/// <param name="access">The login; its server decides who may see the password.</param>
/// <param name="home">An address of the server: others must be under the same registrable domain.</param>
internal sealed class DavClient(OutboundHttp http, TimeProvider time, ProviderAccess access, Uri home)
{
    /// <summary>Longest answer about events: fifty of them, with room.</summary>
    public const int MaxAnswerBytes = 16 * 1024 * 1024;

    private static readonly HttpMethod PropfindMethod = new("PROPFIND");
    private static readonly HttpMethod ReportMethod = new("REPORT");
    private static readonly HttpMethod MkcalendarMethod = new("MKCALENDAR");
    private static readonly HttpMethod ProppatchMethod = new("PROPPATCH");

    private readonly AuthenticationHeaderValue _credentials = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.UserName}:{access.Secret}")));

    /// <summary>Time for one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The person's mail addresses, as far as they are known.</summary>
    public IReadOnlyList<string> Addresses => access.Addresses;

    /// <summary>Now, by the clock that was given.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Asks for properties of a resource, and of those in it (RFC 4918 section 9.1).</summary>
    /// <remarks>
    /// The answer names at least what was asked about. A success that names nothing says nothing, above all not that
    /// something is gone: it is a fault that may heal.
    /// </remarks>
    public async Task<DavResult> PropfindAsync(
        Uri address, int depth, string stage, CancellationToken cancellationToken, params XName[] properties)
    {
        DavResult result = await SendXmlAsync(
            PropfindMethod,
            address,
            new XElement(DavNames.Dav + "propfind", new XElement(DavNames.Dav + "prop", properties.Select(p => new XElement(p)))),
            depth,
            stage,
            cancellationToken);
        return result.Answer is { IsMultistatus: true, Rows.IsEmpty: true }
            ? new DavResult(null, new ProviderFault(ProviderFaultKind.Transient, $"{stage}: the answer is empty."))
            : result;
    }

    /// <summary>Asks for a report (RFC 3253 section 3.6).</summary>
    public Task<DavResult> ReportAsync(Uri address, XElement report, int? depth, string stage, CancellationToken cancellationToken) =>
        SendXmlAsync(ReportMethod, address, report, depth, stage, cancellationToken);

    /// <summary>Reads resources with their etags (RFC 4791 section 7.9).</summary>
    public Task<DavResult> MultigetAsync(Uri collection, IEnumerable<string> paths, string stage, CancellationToken cancellationToken) =>
        ReportAsync(
            collection,
            new XElement(
                DavNames.CalDav + "calendar-multiget",
                new XElement(DavNames.Dav + "prop", new XElement(DavNames.GetEtag), new XElement(DavNames.CalendarData)),
                paths.Select(p => new XElement(DavNames.Href, p))),
            1,
            stage,
            cancellationToken);

    /// <summary>Makes a calendar collection (RFC 4791 section 5.3.1).</summary>
    public Task<DavResult> MkcalendarAsync(Uri address, XElement body, string stage, CancellationToken cancellationToken) =>
        SendXmlAsync(MkcalendarMethod, address, body, null, stage, cancellationToken);

    /// <summary>Sets properties (RFC 4918 section 9.2).</summary>
    public Task<DavResult> ProppatchAsync(Uri address, string stage, CancellationToken cancellationToken, params XElement[] properties) =>
        SendXmlAsync(
            ProppatchMethod,
            address,
            new XElement(
                DavNames.Dav + "propertyupdate",
                new XElement(DavNames.Dav + "set", new XElement(DavNames.Dav + "prop", properties.Cast<object>().ToArray()))),
            null,
            stage,
            cancellationToken);

    /// <summary>Reads a resource.</summary>
    /// <remarks>Uncompressed: web servers in front weaken or rename the etag of what they compress.</remarks>
    public Task<DavResult> GetAsync(Uri address, string stage, CancellationToken cancellationToken) =>
        SendAsync(
            new OutboundRequest(HttpMethod.Get, address)
            {
                Headers = [new("Accept", "text/calendar"), new("Accept-Encoding", "identity")],
            },
            stage,
            cancellationToken);

    /// <summary>Writes a resource, only if it is the one that <paramref name="etag"/> names, or only if it is new.</summary>
    public Task<DavResult> PutAsync(Uri address, string text, string? etag, bool isNew, string stage, CancellationToken cancellationToken) =>
        SendAsync(
            new OutboundRequest(HttpMethod.Put, address)
            {
                Body = Encoding.UTF8.GetBytes(text),
                ContentType = "text/calendar; charset=utf-8",
                Headers = isNew ? [new("If-None-Match", "*")] : IsStrong(etag) ? [new("If-Match", etag)] : [],
            },
            stage,
            cancellationToken);

    /// <summary>Deletes a resource, whatever it is by now.</summary>
    public Task<DavResult> DeleteAsync(Uri address, string stage, CancellationToken cancellationToken) =>
        SendAsync(new OutboundRequest(HttpMethod.Delete, address), stage, cancellationToken);

    // A weak etag never matches (RFC 9110 section 13.1.1): with it, no write would ever succeed.
    private static bool IsStrong([NotNullWhen(true)] string? etag) => etag?.StartsWith('"') == true;

    private Task<DavResult> SendXmlAsync(
        HttpMethod method, Uri address, XElement body, int? depth, string stage, CancellationToken cancellationToken) =>
        SendAsync(
            new OutboundRequest(method, address)
            {
                Body = DavXml.Bytes(body),
                ContentType = "application/xml; charset=utf-8",
                Headers = depth is { } d ? [new("Depth", d.ToString(CultureInfo.InvariantCulture))] : [],
            },
            stage,
            cancellationToken);

    private async Task<DavResult> SendAsync(OutboundRequest request, string stage, CancellationToken cancellationToken)
    {
        if (!RegistrableDomain.IsSame(home, request.Address)
            || (home.Scheme == Uri.UriSchemeHttps && request.Address.Scheme != Uri.UriSchemeHttps))
        {
            return new DavResult(null, new ProviderFault(
                ProviderFaultKind.NotAProvider, $"{stage}: the server points to a host of another owner, or away from https."));
        }

        OutboundResult result = await http.SendAsync(
            request with { Credentials = _credentials, MaxResponseBytes = MaxAnswerBytes, Timeout = Timeout }, cancellationToken);
        return result.IsAnswered
            ? new DavResult(DavAnswer.Read(result.Response), null)
            : new DavResult(null, DavFaults.From(result.Fault, stage)) { IsTooLarge = result.Fault.Kind == OutboundFaultKind.TooLarge };
    }
}
