using System.Net;

namespace CalendarActors.Gateway.Hosting;

/// <summary>The reverse proxies before this gateway, from configuration section <c>CalendarActors:Proxy</c>.</summary>
public sealed class ProxyOptions
{
    public const string Section = "CalendarActors:Proxy";

    /// <summary>
    /// Whose <c>X-Forwarded-For</c> is believed, beside loopback: addresses, or networks in CIDR form
    /// (<c>10.20.0.0/16</c>). Default empty.
    /// </summary>
    public IList<string> Trusted { get; } = [];

    /// <summary>Everything that is wrong, each with its remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems() =>
        from text in Trusted
        where !TryRead(text, out _)
        select $"{Section}:Trusted has '{text}', which is neither an IP address nor a network in CIDR form. Set "
            + "CalendarActors__Proxy__Trusted__0 to, for example, 10.20.0.7 or 10.20.0.0/16.";

    /// <summary><see cref="Trusted"/> as networks. Only valid when <see cref="Problems"/> is empty.</summary>
    internal IEnumerable<IPNetwork> Networks()
    {
        foreach (string text in Trusted)
        {
            if (TryRead(text, out IPNetwork network))
            {
                yield return network;
            }
        }
    }

    private static bool TryRead(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out IPAddress? address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
