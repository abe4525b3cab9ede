using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Outbound;

/// <summary>Decides where a connection may go, and makes it.</summary>
/// <remarks>
/// The name is looked up once and every address is checked; the socket is connected to the very addresses that were
/// checked. A name that answers differently the next time (DNS rebinding) changes nothing. One address that is not
/// allowed refuses the name altogether: an honest public name has none.
/// </remarks>
internal sealed class AddressGuard
{
    /// <summary>Set on a request that may go to public addresses over plain http.</summary>
    public static readonly HttpRequestOptionsKey<bool> AllowsPlainHttp = new("CalendarActors.AllowsPlainHttp");

    private readonly AllowedHost[] _allowed;
    private readonly bool _allowsPrivate;
    private readonly IHostResolver _resolver;

    public AddressGuard(IOptions<OutboundOptions> options, IHostResolver resolver)
    {
        _allowed = [.. options.Value.AllowedHosts.Select(e => AllowedHost.TryParse(e, out AllowedHost? host) ? host : null).OfType<AllowedHost>()];
        _allowsPrivate = options.Value.AllowPrivateNetworks;
        _resolver = resolver;
    }

    /// <summary>Opens a connection for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="OutboundRefusedException">The address may not be called.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        (string host, int port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal)
            ? [literal]
            : await _resolver.ResolveAsync(host, cancellationToken);
        HttpRequestMessage request = context.InitialRequestMessage;
        bool isSecure = request.RequestUri?.Scheme == Uri.UriSchemeHttps
            || (request.Options.TryGetValue(AllowsPlainHttp, out bool allowsPlain) && allowsPlain);
        if (Check(host, port, isSecure, addresses) is { } fault)
        {
            throw new OutboundRefusedException(fault);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Why a connection may not be made; null when it may.</summary>
    /// <param name="host">As the request names it.</param>
    /// <param name="port">Likewise.</param>
    /// <param name="isSecure">True for https, and for what may go in the clear.</param>
    /// <param name="addresses">What the host's name says.</param>
    public OutboundFault? Check(string host, int port, bool isSecure, IPAddress[] addresses)
    {
        if (addresses.Length == 0)
        {
            return new OutboundFault(OutboundFaultKind.NameUnknown, "The host name is not known.");
        }

        if (Array.Exists(_allowed, entry => entry.Names(host, port)))
        {
            return null;
        }

        foreach (IPAddress address in addresses)
        {
            bool isListed = Array.Exists(_allowed, entry => entry.Holds(address, port));
            bool isPublic = AddressRules.IsPublic(address);
            if (!isListed && !isPublic && !_allowsPrivate)
            {
                return new OutboundFault(
                    OutboundFaultKind.AddressNotAllowed,
                    $"The address is not a public one and is not listed in {OutboundOptions.Section}:AllowedHosts.");
            }

            if (!isSecure && !isListed && isPublic)
            {
                return new OutboundFault(
                    OutboundFaultKind.InsecureScheme,
                    $"Public addresses are called over https only, unless listed in {OutboundOptions.Section}:AllowedHosts.");
            }
        }

        return null;
    }
}
