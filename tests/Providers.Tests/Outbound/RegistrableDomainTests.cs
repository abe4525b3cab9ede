using CalendarActors.Providers.Outbound;

namespace CalendarActors.Providers.Tests.Outbound;

public sealed class RegistrableDomainTests
{
    [Theory]
    [InlineData("caldav.icloud.com", "p42-caldav.icloud.com", true)]
    [InlineData("example.com", "dav.example.com", true)]
    [InlineData("EXAMPLE.com", "example.com.", true)]
    [InlineData("a.example.co.uk", "b.example.co.uk", true)]
    [InlineData("example.co.uk", "evil.co.uk", false)]
    [InlineData("alice.duckdns.org", "evil.duckdns.org", false)]
    [InlineData("alice.github.io", "evil.github.io", false)]
    [InlineData("example.com", "example.com.evil.net", false)]
    [InlineData("example.com", "notexample.com", false)]
    [InlineData("co.uk", "co.uk", true)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("server", "other", false)]
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "1.0.0.1", false)]
    [InlineData("10.0.0.1", "127.0.0.1", false)]
    [InlineData("city.kawasaki.jp", "www.city.kawasaki.jp", true)]
    [InlineData("a.foo.kawasaki.jp", "b.foo.kawasaki.jp", false)]
    [InlineData("x.食狮.公司.cn", "y.食狮.公司.cn", true)]
    [InlineData("食狮.公司.cn", "蛇.公司.cn", false)]
    public void Hosts_WhenCompared_AreOneOwnersUnderOneRegistrableDomain(string one, string other, bool isSame) =>
        Assert.Equal(isSame, RegistrableDomain.IsSame(new Uri($"https://{one}/"), new Uri($"https://{other}/")));
}
