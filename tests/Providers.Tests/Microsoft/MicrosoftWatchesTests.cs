using CalendarActors.Domain.Providers;
using CalendarActors.Providers.Tests.CalDav;
using CalendarActors.Providers.Tests.Conformance;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace CalendarActors.Providers.Tests.Microsoft;

public sealed class MicrosoftWatchesTests : IAsyncLifetime
{
    private readonly GraphUnderTest _subject = new();
    private readonly ScriptedServer _subscriber = new();

    private IWatches Watches => _subject.Provider.Watches!;

    private string Calendar => _subject.Simulator.CalendarsOf(_subject.User)[0].Id;

    private static Instant Now => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    public async Task InitializeAsync()
    {
        await _subject.InitializeAsync();
        await _subscriber.StartAsync();
        _subscriber.Answer(context => Results.Text(context.Request.Query["validationToken"].ToString()));
    }

    public async Task DisposeAsync()
    {
        await _subject.DisposeAsync();
        await _subscriber.DisposeAsync();
    }

    [Fact]
    public async Task Start_WhenTheAddressesProveThemselves_WatchesTheCalendarWithOurSecret()
    {
        ProviderWatch watch = await StartAsync(Now + Duration.FromDays(30));
        _subject.Simulator.PutEvent(Calendar, new()
        {
            ["subject"] = "New",
            ["start"] = new System.Text.Json.Nodes.JsonObject { ["dateTime"] = "2027-03-01T09:00:00", ["timeZone"] = "UTC" },
            ["end"] = new System.Text.Json.Nodes.JsonObject { ["dateTime"] = "2027-03-01T10:00:00", ["timeZone"] = "UTC" },
        });
        await _subject.Simulator.DeliverNotificationsAsync();

        Assert.Equal([watch.Id], _subject.Simulator.SubscriptionsOf(_subject.User));
        Assert.Null(watch.ResourceId);
        Assert.InRange(watch.ExpiresAt, Now + Duration.FromMinutes(3990), Now + Duration.FromMinutes(4001));
        Assert.Contains(_subscriber.Requests, request => request.Path == "/hook" && request.Body.Contains("the-secret", StringComparison.Ordinal));
        Assert.Contains(_subscriber.Requests, request => request.Path == "/life");
    }

    [Fact]
    public async Task Start_WhenAnAddressDoesNotProveItself_IsAFault()
    {
        _subscriber.Answer(_ => Results.Text("no"));

        ProviderResult<ProviderWatch> result = await Watches.StartAsync(_subject.Typed, Calendar, Request(Now + Duration.FromDays(1)), default);

        Assert.Equal(ProviderFaultKind.Rejected, result.Fault?.Kind);
        Assert.Empty(_subject.Simulator.SubscriptionsOf(_subject.User));
    }

    [Fact]
    public async Task Renew_WhenItIsThere_ProlongsTheSameWatch()
    {
        ProviderWatch watch = await StartAsync(Now + Duration.FromHours(2));

        ProviderResult<ProviderWatch> renewed = await Watches.RenewAsync(_subject.Typed, watch, Now + Duration.FromDays(2), default);

        Assert.True(renewed.IsSuccess, renewed.ToString());
        Assert.Equal(watch.Id, renewed.Value.Id);
        Assert.True(renewed.Value.ExpiresAt > watch.ExpiresAt + Duration.FromDays(1));
    }

    [Fact]
    public async Task Stop_WhenAskedTwice_SucceedsTwiceAndLeavesNothingToRenew()
    {
        ProviderWatch watch = await StartAsync(Now + Duration.FromDays(1));

        Assert.Null(await Watches.StopAsync(_subject.Typed, watch, default));
        Assert.Null(await Watches.StopAsync(_subject.Typed, watch, default));
        Assert.Empty(_subject.Simulator.SubscriptionsOf(_subject.User));
        Assert.Equal(
            ProviderFaultKind.NotFound,
            (await Watches.RenewAsync(_subject.Typed, watch, Now + Duration.FromDays(1), default)).Fault?.Kind);
    }

    private async Task<ProviderWatch> StartAsync(Instant until)
    {
        ProviderResult<ProviderWatch> result = await Watches.StartAsync(_subject.Typed, Calendar, Request(until), default);
        Assert.True(result.IsSuccess, result.ToString());
        return result.Value;
    }

    private WatchRequest Request(Instant until) =>
        new("ignored", "the-secret", new Uri(_subscriber.Address, "hook"), new Uri(_subscriber.Address, "life"), until);
}
