using System.Net;
using CalendarActors.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Gateway.Tests.Hosting;

/// <summary>Whose word counts about where a request comes from.</summary>
public sealed class CallerAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", "203.0.113.7")]
    [InlineData("::1", "203.0.113.7")]
    [InlineData("10.20.0.7", "203.0.113.7")]
    [InlineData("10.30.200.1", "203.0.113.7")]
    [InlineData("10.20.0.8", "10.20.0.8")]
    [InlineData("10.31.0.1", "10.31.0.1")]
    public async Task Caller_WhenSomebodyForwards_IsBelievedFromTrustedProxiesOnly(string from, string expected)
    {
        using var request = new PassedRequest(new ProxyOptions { Trusted = { "10.20.0.7", "10.30.0.0/16" } });

        HttpContext seen = await request.SendAsync(from, "198.51.100.1, 203.0.113.7");

        Assert.Equal(IPAddress.Parse(expected), seen.Connection.RemoteIpAddress);
    }

    [Fact]
    public async Task Caller_WhenAProxySpeaksOfSchemeAndHost_ChangesNeither()
    {
        using var request = new PassedRequest(new ProxyOptions());

        HttpContext seen = await request.SendAsync("127.0.0.1", "203.0.113.7");

        Assert.Equal("http://calendars.example.test", $"{seen.Request.Scheme}://{seen.Request.Host}");
    }

    [Theory]
    [InlineData("proxy.example.com")]
    [InlineData("10.20.0.0/33")]
    [InlineData("")]
    public void Options_WithWhatIsNoAddress_NameTheRemedy(string text) =>
        Assert.Contains("CalendarActors__Proxy__Trusted__0", Assert.Single(new ProxyOptions { Trusted = { text } }.Problems()), StringComparison.Ordinal);

    private sealed class PassedRequest : IDisposable
    {
        private readonly ServiceProvider _services = new ServiceCollection().AddLogging().BuildServiceProvider();
        private readonly RequestDelegate _pipeline;

        public PassedRequest(ProxyOptions proxies)
        {
            var app = new ApplicationBuilder(_services);
            app.UseCallerAddress(isHttps: false, proxies);
            app.Run(_ => Task.CompletedTask);
            _pipeline = app.Build();
        }

        public async Task<HttpContext> SendAsync(string from, string forwardedFor)
        {
            var context = new DefaultHttpContext { RequestServices = _services };
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            context.Request.Scheme = "http";
            context.Request.Host = new HostString("calendars.example.test");
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
            context.Request.Headers["X-Forwarded-Proto"] = "https";
            context.Request.Headers["X-Forwarded-Host"] = "elsewhere.example.test";
            await _pipeline(context);
            return context;
        }

        public void Dispose() => _services.Dispose();
    }
}
