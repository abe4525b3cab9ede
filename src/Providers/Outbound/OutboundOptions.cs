namespace CalendarActors.Providers.Outbound;

/// <summary>Which addresses this installation may call, section <c>CalendarActors:Outbound</c>.</summary>
/// <remarks>
/// Addresses typed by strangers (CalDAV servers, callbacks, feeds) are reached through one guard. Public addresses over
/// https are always allowed; everything else only by these options.
/// </remarks>
public sealed class OutboundOptions
{
    /// <summary>Where the options are read from.</summary>
    public const string Section = "CalendarActors:Outbound";

    /// <summary>
    /// True to allow loopback, private and other special addresses for any host, and plain http to them. Default false.
    /// Only for installations whose users may see everything in the network they stand in.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>
    /// Exceptions: a host name (<c>dav.intern.example</c>), an address, either with <c>:port</c>, or a network in CIDR
    /// form (<c>10.20.0.0/16</c>). Hosts named here may resolve to any address and may be called over plain http; a
    /// network allows its addresses whatever name leads there. Default empty.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Notifications of one application that a silo sends at once; 1 to 10,000, default 256.</summary>
    public int CallbacksPerApplication { get; set; } = 256;

    /// <summary>Of those, to one host; 1 to 10,000, default 64.</summary>
    public int CallbacksPerHost { get; set; } = 64;
}
