using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CalendarActors.Providers.CalDav;

/// <summary>Reads XML from strangers: no DTD, no entities of their own, nothing fetched, bounded in size and depth.</summary>
internal static class DavXml
{
    private const int MaxDepth = 32;
    private const int MaxElements = 1_000_000;

    /// <summary>The root element; null when the body is not well-formed or breaks a bound.</summary>
    public static XElement? Parse(byte[] body)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CheckCharacters = false, // Servers put control characters from events into answers; one must not hide the rest.
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            // Bounds first, in a pass that keeps nothing.
            int elements = 0;
            using (var reader = XmlReader.Create(new MemoryStream(body), settings))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MaxDepth || (reader.NodeType == XmlNodeType.Element && ++elements > MaxElements))
                    {
                        return null;
                    }
                }
            }

            using var again = XmlReader.Create(new MemoryStream(body), settings);
            return XDocument.Load(again).Root;
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a request.</summary>
    /// <remarks>
    /// Every namespace gets its prefix at the root: Cyrus answers a property that was asked for under a default namespace
    /// of its own in the namespace of the document.
    /// </remarks>
    public static byte[] Bytes(XElement root)
    {
        root.Add(
            new XAttribute(XNamespace.Xmlns + "D", DavNames.Dav.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "C", DavNames.CalDav.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "CS", DavNames.CalendarServer.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "A", DavNames.Apple.NamespaceName));
        return Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString(SaveOptions.DisableFormatting)}");
    }
}
