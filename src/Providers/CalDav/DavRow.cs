using System.Xml.Linq;

namespace CalendarActors.Providers.CalDav;

/// <summary>One <c>response</c> of a multistatus (RFC 4918 section 14.24).</summary>
/// <param name="Address">Absolute and in one spelling, see <see cref="DavPath"/>.</param>
/// <param name="Status">Of the resource as a whole; null when only its properties have one.</param>
/// <param name="Properties">Those that were found.</param>
/// <param name="Error">The precondition that failed; null when none is named.</param>
internal sealed record DavRow(Uri Address, int? Status, IReadOnlyDictionary<XName, XElement> Properties, XElement? Error)
{
    /// <summary>Path of the resource.</summary>
    public string Path => Address.AbsolutePath;

    /// <summary>A property; null when it was not found.</summary>
    public XElement? this[XName name] => Properties.GetValueOrDefault(name);

    /// <summary>The text of a property, trimmed; null when it was not found or is empty.</summary>
    public string? Text(XName name) => this[name]?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The address in a property such as <c>current-user-principal</c>; null when there is none.</summary>
    public Uri? Link(XName name) => Links(name).FirstOrDefault();

    /// <summary>The addresses in a property.</summary>
    public IEnumerable<Uri> Links(XName name) => (this[name]?.Elements(DavNames.Href) ?? [])
        .Select(href => DavPath.Resolve(Address, href.Value))
        .OfType<Uri>();
}
