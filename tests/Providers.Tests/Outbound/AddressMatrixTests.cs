using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CalendarActors.Providers.Outbound;
using Microsoft.Extensions.Options;

namespace CalendarActors.Providers.Tests.Outbound;

/// <summary>Every way to write an address that leads inside, and the public ones beside the borders.</summary>
public sealed class AddressMatrixTests
{
    // First, last and a middle address of each range, and of what lies right outside.
    private static readonly string[] Closed4 =
    [
        "0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.0.0.1", "10.128.3.4", "10.255.255.255",
        "100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.0.0.53",
        "127.1.2.3", "127.255.255.255", "168.63.129.16", "169.254.0.0", "169.254.169.254", "169.254.170.2",
        "169.254.255.255", "172.16.0.0", "172.16.0.1", "172.24.1.1", "172.31.255.255", "192.0.0.0", "192.0.0.8",
        "192.0.0.170", "192.0.0.192", "192.0.0.255", "192.0.2.0", "192.0.2.1", "192.0.2.255", "192.88.99.0",
        "192.88.99.1", "192.88.99.255", "192.168.0.0", "192.168.0.1", "192.168.178.1", "192.168.255.255",
        "198.18.0.0", "198.18.0.1", "198.19.255.255", "198.51.100.0", "198.51.100.1", "198.51.100.255",
        "203.0.113.0", "203.0.113.1", "203.0.113.255", "224.0.0.0", "224.0.0.1", "224.0.0.251", "239.255.255.250",
        "239.255.255.255", "240.0.0.0", "240.0.0.1", "250.1.2.3", "255.255.255.254", "255.255.255.255",
    ];

    private static readonly string[] Open4 =
    [
        "1.0.0.0", "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
        "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
    ];

    private static readonly string[] Closed6 =
    [
        "::", "::1", "::2", "::ffff:0:127.0.0.1", "100::", "100::1", "100:0:0:1::1", "5f00::1", "64:ff9b:1::1",
        "64:ff9b:1:fffe::127.0.0.1", "fc00::", "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::", "fe80::1",
        "fe80::1%1", "febf:ffff::1", "fec0::1", "feff::1", "ff00::", "ff01::1", "ff02::1", "ff02::fb", "ff05::1:3", "ffff::1",
        "2001::", "2001::1", "2001:0:7f00:1::", "2001:1::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff::1",
        "2001:db8::", "2001:db8::1", "2001:db8:ffff::1", "2002::", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1",
        "3fff::1", "3fff:fff::1", "4000::1", "1fff::1", "8000::1", "c000::1", "e000::1",
    ];

    private static readonly string[] Open6 =
    [
        "2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "2003::1", "2400:cb00::1",
        "2606:4700::1111", "2620:fe::fe", "2a00:1450:4001::1", "3ffe::1", "3fff:1000::1",
    ];

    public static TheoryData<string> Closed => [.. Closed4.SelectMany(Forms), .. Closed6];

    public static TheoryData<string> Open => [.. Open4.SelectMany(a => new[] { a, $"::ffff:{a}", Nat64(a) }), .. Open6];

    /// <summary>Spellings that resolvers and address parsers take for one IPv4 address.</summary>
    public static TheoryData<string> Spellings => [.. Closed4.Where(a => !a.StartsWith("0.", StringComparison.Ordinal)).SelectMany(Written)];

    [Fact]
    public void Matrix_WhenCounted_HasAtLeastAsManyFormsAsPromised() =>
        Assert.True(Closed.Count + Open.Count + Spellings.Count >= 440, $"{Closed.Count} + {Open.Count} + {Spellings.Count}");

    [Theory]
    [MemberData(nameof(Closed))]
    public void Address_WhenItLeadsInside_IsRefused(string address) =>
        Assert.Equal(OutboundFaultKind.AddressNotAllowed, Guard().Check("host.example", 443, true, [IPAddress.Parse(address)])?.Kind);

    [Theory]
    [MemberData(nameof(Open))]
    public void Address_WhenItIsPublic_IsCalledOverHttpsOnly(string address)
    {
        Assert.Null(Guard().Check("host.example", 443, true, [IPAddress.Parse(address)]));
        Assert.Equal(
            OutboundFaultKind.InsecureScheme, Guard().Check("host.example", 80, false, [IPAddress.Parse(address)])?.Kind);
    }

    // The door that a person types at: a URL whose host is such a spelling.
    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Url_WhenItsHostSpellsAnAddressThatLeadsInside_IsRefused(string host)
    {
        using var http = new OutboundHttp(Guard(), TimeProvider.System);

        OutboundResult result = await http.SendAsync(
            new OutboundRequest(HttpMethod.Get, new Uri($"https://{host}/")) { Timeout = TimeSpan.FromSeconds(5) }, CancellationToken.None);

        Assert.Contains(result.Fault?.Kind, new OutboundFaultKind?[] { OutboundFaultKind.AddressNotAllowed, OutboundFaultKind.NameUnknown });
    }

    [Fact]
    public void Name_WhenOneOfItsAddressesLeadsInside_IsRefusedAltogether() =>
        Assert.Equal(
            OutboundFaultKind.AddressNotAllowed,
            Guard().Check("host.example", 443, true, [IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.1")])?.Kind);

    [Theory]
    [InlineData("10.1.2.0/24", "x.example", 443, "10.1.2.3", true)]
    [InlineData("10.1.2.0/24", "x.example", 443, "10.1.3.3", false)]
    [InlineData("10.1.2.0/24", "x.example", 443, "::ffff:10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.3", 443, "10.1.2.3", true)]
    [InlineData("10.1.2.3", "x.example", 443, "10.1.2.3", true)]
    [InlineData("10.1.2.3:5232", "10.1.2.3", 5232, "10.1.2.3", true)]
    [InlineData("10.1.2.3:5232", "10.1.2.3", 5233, "10.1.2.3", false)]
    [InlineData("dav.intern.example", "DAV.intern.example", 443, "10.9.9.9", true)]
    [InlineData("dav.intern.example", "evil.dav.intern.example", 443, "10.9.9.9", false)]
    [InlineData("dav.intern.example:443", "dav.intern.example", 8443, "10.9.9.9", false)]
    [InlineData("[fd00::1]:443", "[fd00::1]", 443, "fd00::1", true)]
    [InlineData("fd00::/8", "x.example", 443, "fd12::1", true)]
    public void Address_WhenListed_IsAllowedAsTheEntrySays(string entry, string host, int port, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, Guard(entry).Check(host, port, true, [IPAddress.Parse(address)]) is null);

    [Fact]
    public void Options_WhenAnEntryIsNoHost_SayWhichAndHowToWriteIt()
    {
        OutboundOptions options = new();
        options.AllowedHosts.Add("https://x.example/path");
        options.AllowedHosts.Add("x.example:99999");
        options.AllowedHosts.Add("fine.example");

        ValidateOptionsResult result = new OutboundOptionsValidator().Validate(null, options);

        Assert.Equal(2, result.Failures!.Count());
        Assert.All(result.Failures!, failure => Assert.Contains("Give a host", failure, StringComparison.Ordinal));
    }

    internal static AddressGuard Guard(params string[] allowed)
    {
        OutboundOptions options = new();
        foreach (string entry in allowed)
        {
            options.AllowedHosts.Add(entry);
        }

        return new AddressGuard(Options.Create(options), new SystemHostResolver());
    }

    private static IEnumerable<string> Forms(string address) => [address, $"::ffff:{address}", Nat64(address)];

    private static string Nat64(string address) => $"64:ff9b::{address}";

    private static IEnumerable<string> Written(string address)
    {
        byte[] b = IPAddress.Parse(address).GetAddressBytes();
        uint number = BitConverter.ToUInt32([b[3], b[2], b[1], b[0]]);
        Assert.Equal(AddressFamily.InterNetwork, IPAddress.Parse(address).AddressFamily);
        return
        [
            address,
            number.ToString(CultureInfo.InvariantCulture),
            $"0x{number:x8}",
            $"0{Convert.ToString(b[0], 8)}.0{Convert.ToString(b[1], 8)}.0{Convert.ToString(b[2], 8)}.0{Convert.ToString(b[3], 8)}",
            $"0x{b[0]:x}.0x{b[1]:x}.0x{b[2]:x}.0x{b[3]:x}",
            $"{b[0]}.{(b[1] << 16) | (b[2] << 8) | b[3]}",
            $"[::ffff:{address}]",
        ];
    }
}
