using System.Net;
using System.Net.Sockets;

namespace CalendarActors.Providers.Outbound;

/// <summary>Which addresses are public: the rest leads into somebody's own network, or nowhere.</summary>
/// <remarks>
/// From IANA's special-purpose registries (IPv4 and IPv6, read 2026-11). For IPv6 it is the other way round: only
/// global unicast (2000::/3) is public, less what is carved out of it, so that new special ranges are closed already.
/// </remarks>
internal static class AddressRules
{
    private static readonly IPNetwork[] SpecialIpv4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("168.63.129.16/32"), // Azure's host agent: a public address that every machine there reaches.
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialIpv6 =
    [
        IPNetwork.Parse("2001::/23"), // Protocol assignments, Teredo among them.
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"), // 6to4: an IPv4 address in disguise, and long deprecated.
        IPNetwork.Parse("3fff::/20"),
    ];

    // RFC 6052: networks that reach IPv4 through a translator get every host by such an address.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True for an address of the public internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Array.Exists(SpecialIpv4, network => network.Contains(address));
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
        {
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (Nat64.Contains(address))
        {
            return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        }

        return GlobalUnicast.Contains(address) && !Array.Exists(SpecialIpv6, network => network.Contains(address));
    }
}
