using System.Net;
using System.Text.Json.Nodes;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.EndToEnd.Tests.Cluster;

/// <summary>Gateways leave and come back behind the proxy of <c>deploy/proxy/haproxy.cfg</c>, and callers do not see it.</summary>
public sealed class ProxiedGatewayTests
{
    [FactNeeding("initdb", "haproxy")]
    public async Task Caller_WhenAGatewayIsStopped_SeesNothingOfItAndA503AtOnceWhenAllSilosDied()
    {
        await using SmallCluster cluster = await SmallCluster.StartAsync();
        await using Proxy proxy = await Proxy.StartAsync([.. cluster.Gateways.Select(gateway => gateway.Address)]);
        ApplicationCalendar[] calendars = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => ApplicationCalendar.OpenAsync(cluster.Gateways[1])));

        // 1. No request fails while one leaves. That one is slow on a busy machine is no failure.
        await using (SteadyWriters writers = new(calendars, patience: TimeSpan.FromMinutes(1), proxy.Http))
        {
            await writers.GoOnAsync(writes: 10);
            Assert.Equal(0, await cluster.Gateways[0].StopAsync());
            await writers.GoOnAsync(writes: 10);
            await writers.StopAsync();
            Assert.Empty(writers.Refusals);
            await writers.AssertAllThereOnceAsync(proxy.Http);
        }

        // 2. Without silos the gateway answers, not the proxy, and at once.
        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));
        using HttpResponseMessage refused = await WriteAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("temporarily_unavailable", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]);
        using HttpResponseMessage page = await proxy.Http.GetAsync(
            "/oauth/authorize?response_type=code&client_id=app_57f3e8ecfd219fc7d75506eb&redirect_uri=https://x.example/&scope=read_write");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), page.Headers.RetryAfter?.Delta);
        Assert.Contains("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        // 3. A silo at another address does not wait long for the dead, and the gateway finds it by itself.
        await cluster.StartSiloAsync();
        await Eventually.HoldsAsync(async () =>
        {
            using HttpResponseMessage accepted = await WriteAsync();
            return accepted.StatusCode == HttpStatusCode.Accepted;
        });

        Task<HttpResponseMessage> WriteAsync() =>
            calendars[0].UpsertAsync(proxy.Http, "later", TimeProvider.System.GetUtcNow().AddDays(6), "Later");
    }
}
