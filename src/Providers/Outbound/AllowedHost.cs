using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace CalendarActors.Providers.Outbound;

/// <summary>One entry of <see cref="OutboundOptions.AllowedHosts"/>: a host or address with an optional port, or a network.</summary>
internal sealed record AllowedHost(string? Host, int? Port, IPNetwork? Network)
{
    /// <summary>True when the entry names this host, and this port unless it names none.</summary>
    public bool Names(string host, int port) =>
        Host is not null
        && string.Equals(Host, host.Trim('[', ']').TrimEnd('.'), StringComparison.OrdinalIgnoreCase)
        && (Port is null || Port == port);

    /// <summary>True when the entry is a network with this address in it, or is this very address.</summary>
    public bool Holds(IPAddress address, int port) =>
        Network is { } network
            ? network.Contains(address) || (address.IsIPv4MappedToIPv6 && network.Contains(address.MapToIPv4()))
            : (Port is null || Port == port) && IPAddress.TryParse(Host, out IPAddress? own)
              && own.Equals(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>Reads one entry.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AllowedHost? entry)
    {
        entry = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text.Contains('/', StringComparison.Ordinal))
        {
            if (IPNetwork.TryParse(text, out IPNetwork network))
            {
                entry = new AllowedHost(null, null, network);
            }

            return entry is not null;
        }

        string host = text;
        int? port = null;
        int colon = text.LastIndexOf(':');
        bool isBareIpv6 = colon > 0 && !text.StartsWith('[') && text.IndexOf(':', StringComparison.Ordinal) != colon;
        if (colon > 0 && !isBareIpv6 && !text.EndsWith(']'))
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || number is < 1 or > 65535)
            {
                return false;
            }

            host = text[..colon];
            port = number;
        }

        host = host.Trim('[', ']').TrimEnd('.');
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        entry = new AllowedHost(host, port, null);
        return true;
    }
}
