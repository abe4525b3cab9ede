using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CalendarActors.Domain.Providers;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.Grains.Interfaces;
using CalendarActors.Grains.Interfaces.Connections;
using CalendarActors.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CalendarActors.Gateway.Tests.Connections;

[Collection(OneGateway.Name)]
public sealed class ConnectionEndpointsTests(GatewayHost host)
{
    private static int _count;

    [Fact]
    public async Task Connections_WhenListedByState_ShowHowWellTheyAreKeptAndWhosTheyAreNot()
    {
        string user = $"health{Interlocked.Increment(ref _count)}@example.test";
        host.AddLogin(user);
        await host.GrantAsync(await host.RegisterAsync(), userName: user);
        string id = GrainKeys.Connection(
            host.Services.GetRequiredService<Domain.Secrets.DerivedKeys>(), ProviderNames.CalDav, "https://memory.test", $"/dav/{user}/");

        JsonElement connected = default;
        await Eventually.HoldsAsync(async () =>
        {
            connected = await FindAsync("connected", id);
            return connected.ValueKind == JsonValueKind.Object
                && connected.GetProperty("calendars").EnumerateArray().All(c => c.TryGetProperty("last_synced", out _));
        });
        Assert.Equal("caldav", connected.GetProperty("provider_name").GetString());
        Assert.Equal(2, connected.GetProperty("calendars").GetArrayLength());
        Assert.Equal("polled", connected.GetProperty("calendars")[0].GetProperty("watch").GetString());
        Assert.DoesNotContain(user, connected.GetRawText(), StringComparison.Ordinal);

        IConnectionGrain connection = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IConnectionGrain>(id);
        host.Provider.SetPassword(user, "changed");
        await Eventually.HoldsAsync(async () =>
        {
            AccessLease lease = await connection.Lease(default);
            await connection.ReportFault(lease.TokenVersion, ProviderFaultKind.AuthDead, "401", null, default);
            return (await FindAsync("disconnected", id)).ValueKind == JsonValueKind.Object;
        });

        Assert.Equal(JsonValueKind.Undefined, (await FindAsync("connected", id)).ValueKind);
        Assert.NotNull((await FindAsync("disconnected", id)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task ApplicationCalendar_WhenListed_IsSaidToBeNeitherWatchedNorPolled()
    {
        ApiCaller application = await ApiCaller.OpenAsync(host, $"health{Interlocked.Increment(ref _count)}");
        JsonElement profiles = (await application.GetAsync("/v1/profiles")).GetProperty("profiles");
        string id = profiles[0].GetProperty("profile_id").GetString()!;

        JsonElement listed = default;
        await Eventually.HoldsAsync(async () =>
        {
            listed = await FindAsync("connected", id);
            return listed.ValueKind == JsonValueKind.Object && listed.GetProperty("calendars").GetArrayLength() > 0;
        });

        Assert.Equal("cronofy", listed.GetProperty("provider_name").GetString());
        Assert.Equal("none", listed.GetProperty("calendars")[0].GetProperty("watch").GetString());
        Assert.False(listed.GetProperty("calendars")[0].TryGetProperty("watched_until", out _));
    }

    [Fact]
    public async Task State_WhenItIsNone_IsRefused()
    {
        using HttpResponseMessage response = await host.OperateAsync(HttpMethod.Get, "/operator/connections?state=broken");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Fact]
    public async Task Connections_WhenTheKeyIsMissing_AreNotListed()
    {
        using HttpResponseMessage response = await host.Http.GetAsync("/operator/connections");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    /// <summary>Looks through every page.</summary>
    private async Task<JsonElement> FindAsync(string state, string id)
    {
        string? after = null;
        do
        {
            using HttpResponseMessage response = await host.OperateAsync(
                HttpMethod.Get, $"/operator/connections?state={state}&limit=3&after={after}");
            JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
            foreach (JsonElement connection in body.GetProperty("connections").EnumerateArray())
            {
                if (connection.GetProperty("profile_id").GetString() == id)
                {
                    return connection;
                }
            }

            after = body.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (after is not null);

        return default;
    }
}
