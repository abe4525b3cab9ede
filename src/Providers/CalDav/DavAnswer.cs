using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using CalendarActors.Providers.Outbound;

namespace CalendarActors.Providers.CalDav;

/// <summary>The answer to one request, with its multistatus read.</summary>
internal sealed class DavAnswer
{
    private DavAnswer(OutboundResponse response, XElement? xml, ImmutableArray<DavRow> rows, string? syncToken)
    {
        Response = response;
        Xml = xml;
        Rows = rows;
        SyncToken = syncToken;
    }

    /// <summary>The answer as it came.</summary>
    public OutboundResponse Response { get; }

    /// <summary>HTTP status.</summary>
    public int Status => Response.Status;

    /// <summary>The body as XML; null when it is none.</summary>
    public XElement? Xml { get; }

    /// <summary>Rows of a multistatus; empty when it is none.</summary>
    public ImmutableArray<DavRow> Rows { get; }

    /// <summary>The token of a <c>sync-collection</c> report.</summary>
    public string? SyncToken { get; }

    /// <summary>True for a well-formed multistatus.</summary>
    public bool IsMultistatus => Status == 207 && Xml?.Name == DavNames.Dav + "multistatus";

    /// <summary>The row of the resource that was asked about: by address, else the only one.</summary>
    public DavRow? Self =>
        Rows.FirstOrDefault(r => r.Path.TrimEnd('/') == DavPath.Canonical(Response.Address).AbsolutePath.TrimEnd('/'))
        ?? (Rows.Length == 1 ? Rows[0] : null);

    /// <summary>The status that counts: servers wrap the error of a single request in a multistatus (xandikos on PUT).</summary>
    public int EffectiveStatus => IsMultistatus
        ? Rows.Select(r => r.Status).FirstOrDefault(s => s is >= 300) ?? Rows.Select(r => r.Status).OfType<int>().FirstOrDefault(Status)
        : Status;

    /// <summary>True when the answer names a failed precondition (RFC 4918 section 16).</summary>
    public bool Names(XName precondition) => Xml?.DescendantsAndSelf(precondition).Any() == true;

    /// <summary>Reads an answer.</summary>
    public static DavAnswer Read(OutboundResponse response)
    {
        // Bodies that are not XML (an event, a web page) are not even tried, unless they are errors that may be.
        bool mayBeXml = response.Status == 207 || response.Status >= 400;
        XElement? xml = mayBeXml && response.Body.Length > 0 ? DavXml.Parse(response.Body) : null;
        bool isMultistatus = response.Status == 207 && xml?.Name == DavNames.Dav + "multistatus";
        return new DavAnswer(
            response,
            xml,
            isMultistatus ? [.. xml!.Elements(DavNames.Dav + "response").SelectMany(r => RowsOf(r, response.Address))] : [],
            isMultistatus && xml!.Element(DavNames.SyncToken)?.Value.Trim() is { Length: > 0 } token ? token : null);
    }

    private static IEnumerable<DavRow> RowsOf(XElement response, Uri address)
    {
        Dictionary<XName, XElement> properties = [];
        foreach (XElement propstat in response.Elements(DavNames.Dav + "propstat"))
        {
            if (StatusOf(propstat) is null or (>= 200 and < 300))
            {
                foreach (XElement property in propstat.Elements(DavNames.Dav + "prop").Elements())
                {
                    properties[property.Name] = property;
                }
            }
        }

        // A row with a status of its own may speak of several resources.
        return response.Elements(DavNames.Href)
            .Select(href => DavPath.Resolve(address, href.Value))
            .OfType<Uri>()
            .Select(resolved => new DavRow(resolved, StatusOf(response), properties, response.Element(DavNames.Dav + "error")));
    }

    private static int? StatusOf(XElement element) =>
        element.Element(DavNames.Dav + "status")?.Value.Trim().Split(' ') is [_, var code, ..]
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? status
            : null;
}
