using System.Net;
using System.Text.Json.Nodes;
using CalendarActors.TestKit;
using CalendarActors.TestKit.Machine;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>A login that died is mended by its person in a browser, and the application notices nothing but a pause.</summary>
public sealed class RelinkTests
{
    [TheoryNeeding("chromium")]
    [InlineData("google")]
    [InlineData("office365")]
    public async Task Connection_WhenItsPersonTookAccessBackAndSignsInAgain_GoesOnUnderEveryIdThatItHad(string name)
    {
        await using ConnectScene scene = await ConnectScene.OpenAsync(await SimulatedProvider.NamedAsync(name));
        (Integrator application, BrowsingPerson person, SimulatedProvider provider) = (scene.Application, scene.Person, scene.Provider);
        provider.Add("Dentist");
        await person.Page.GotoAsync(application.AuthorizeUrl);
        await application.ExchangeAsync(await person.ConnectAsync(provider, SimulatedProvider.Email));
        string[] calendars = await application.CalendarIdsAsync();
        Assert.Equal(HttpStatusCode.Accepted, await application.WriteAsync(calendars[0], "Before"));
        await Eventually.HoldsAsync(async () => provider.Titles.Contains("Before") && (await application.EventsAsync()).Count == 2);
        IReadOnlyDictionary<string, string> before = await application.EventsAsync();
        string profile = (string)(await application.ProfileAsync())["profile_id"]!;

        // 1. They take access back; the next write is refused for good, and the login is disconnected.
        provider.Revoke();
        Assert.Equal(HttpStatusCode.Accepted, await application.WriteAsync(calendars[0], "Meanwhile"));
        await Eventually.HoldsAsync(async () => !(bool)(await application.ProfileAsync())["profile_connected"]!);
        Assert.Equal(HttpStatusCode.Locked, await application.WriteAsync(calendars[0], "Too late"));
        IReadOnlyDictionary<string, string> events = await application.EventsAsync();
        Assert.Equal(["Before", "Dentist", "Meanwhile"], events.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, e => Assert.Equal(e.Value, events[e.Key]));
        string relink = (string)(await application.ProfileAsync())["profile_relink_url"]!;

        // 2. In another browser, with another account: that is said, and nothing changes.
        await using BrowsingPerson elsewhere = await BrowsingPerson.StartAsync();
        await elsewhere.Page.GotoAsync(relink);
        Assert.True(await elsewhere.Page.GetByLabel(SimulatedProvider.Email).IsCheckedAsync(), "the account to reconnect is offered first");
        await elsewhere.LookAsync($"{name}-relink-provider");
        await elsewhere.SignInAsync(provider, SimulatedProvider.OtherEmail);
        await elsewhere.SeeAsync("Your calendar is not connected");
        await elsewhere.LookAsync($"{name}-relink-other-account");
        await elsewhere.Page.GetByText($"not with the account to reconnect. Nothing was changed. Try again and choose {SimulatedProvider.Email}.").WaitForAsync();
        JsonNode still = Assert.Single(await scene.ConnectionsAsync());
        Assert.Equal((profile, "disconnected"), ((string)still["profile_id"]!, (string)still["state"]!));

        // 3. With the same account.
        await elsewhere.PressAsync("Try again");
        await elsewhere.SignInAsync(provider, SimulatedProvider.Email);
        await elsewhere.SeeAsync("Your calendar is connected again");
        await elsewhere.LookAsync($"{name}-relink-reconnected");

        // 4. The application goes on with the token and the ids that it had; what it wrote meanwhile arrives.
        JsonNode mended = await application.ProfileAsync();
        Assert.Equal((profile, true), ((string)mended["profile_id"]!, (bool)mended["profile_connected"]!));
        Assert.Null(mended["profile_relink_url"]);
        Assert.Equal(calendars, await application.CalendarIdsAsync());
        await Eventually.HoldsAsync(() => Task.FromResult(provider.Titles.Contains("Meanwhile") && provider.IsWatched));
        provider.Add("Lunch");
        await Eventually.HoldsAsync(async () => (await application.EventsAsync()).ContainsKey("Lunch"));
        IReadOnlyDictionary<string, string> after = await application.EventsAsync();
        Assert.All(events, e => Assert.Equal(e.Value, after[e.Key]));
        Assert.Equal(["Lunch"], after.Keys.Except(events.Keys));
        Assert.DoesNotContain("Too late", provider.Titles);
        Assert.Single(await scene.ConnectionsAsync());
    }
}
