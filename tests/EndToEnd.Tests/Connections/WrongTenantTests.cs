using System.Collections.Specialized;
using System.Text.Json.Nodes;
using System.Web;
using CalendarActors.TestKit.Machine;
using Microsoft.Playwright;

namespace CalendarActors.EndToEnd.Tests.Connections;

/// <summary>Microsoft does not let an account go on: on its own page, or by sending the person back to ours.</summary>
public sealed class WrongTenantTests
{
    [FactNeeding("chromium")]
    public async Task Person_WhenTheirAccountIsOfAnotherTenant_IsToldByMicrosoftAndCanGoBackAndChooseAnother()
    {
        SimulatedMicrosoft microsoft = await SimulatedMicrosoft.StartAsync(SimulatedMicrosoft.Tenant);
        await using ConnectScene scene = await ConnectScene.OpenAsync(microsoft);
        BrowsingPerson person = scene.Person;
        await person.Page.GotoAsync(scene.Application.AuthorizeUrl);
        await person.PressAsync(scene.Provider.Button);

        IResponse answer = await person.Page.RunAndWaitForResponseAsync(
            () => person.SignInAsync(scene.Provider, SimulatedProvider.OtherEmail),
            response => response.Request.Method == "POST" && response.Url.StartsWith($"{microsoft.Authority}", StringComparison.Ordinal));
        await person.Page.GetByText("AADSTS50020").WaitForAsync();
        await person.LookAsync("microsoft-wrong-tenant");
        Assert.Equal(400, answer.Status);
        Assert.Empty(await scene.ConnectionsAsync());

        // Microsoft's page has no way back to us: the browser has. Over the form that asked for the account, to our list.
        await person.Page.GoBackAsync();
        await person.Page.GoBackAsync();
        await person.SeeAsync("Connect your calendar");
        await person.LookAsync("microsoft-wrong-tenant-back");
        await scene.Application.ExchangeAsync(await person.ConnectAsync(scene.Provider, SimulatedProvider.Email));

        JsonNode connected = Assert.Single(await scene.ConnectionsAsync());
        JsonNode profile = await scene.Application.ProfileAsync();
        Assert.Equal((string)connected["profile_id"]!, (string)profile["profile_id"]!);
        Assert.Equal(SimulatedProvider.Email, (string)profile["profile_name"]!);
    }

    [TheoryNeeding("chromium")]
    [InlineData("access_denied", "AADSTS90094: The grant requires admin permission.", "has to approve the application first, ask its administrator")]
    [InlineData("consent_required", "AADSTS65001: The user or administrator has not consented.", "an administrator may have to approve it first")]
    [InlineData("invalid_request", "AADSTS50020: User account does not exist in tenant.", "It may belong to another organization")]
    public async Task Person_WhenMicrosoftSendsThemBackWithAnError_ReadsItInPlainWordsAndCanTryAgain(
        string error, string description, string words)
    {
        await using ConnectScene scene = await ConnectScene.OpenAsync(await SimulatedMicrosoft.StartAsync());
        (BrowsingPerson person, var microsoft) = (scene.Person, (SimulatedMicrosoft)scene.Provider);
        await person.Page.GotoAsync(scene.Application.AuthorizeUrl);
        await person.Page.RouteAsync(microsoft.Authority + "**", route => SendBackAsync(route, error, description));

        await person.PressAsync(microsoft.Button);
        await person.SignInAsync(microsoft, SimulatedProvider.OtherEmail);
        await person.SeeAsync("Your calendar is not connected");
        await person.LookAsync($"microsoft-returned-{error}");

        await person.Page.GetByText(words).WaitForAsync();
        Assert.DoesNotContain("AADSTS", await person.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("AADSTS", person.Page.Url, StringComparison.Ordinal);
        Assert.Empty(await scene.ConnectionsAsync());

        // Approved in the meantime.
        await person.Page.UnrouteAsync(microsoft.Authority + "**");
        await person.PressAsync("Try again");
        await person.SeeAsync("Connect your calendar");
        await scene.Application.ExchangeAsync(await person.ConnectAsync(microsoft, SimulatedProvider.Email));
        Assert.Single(await scene.ConnectionsAsync());
    }

    /// <summary>As Microsoft does once they chose "Return to the application without granting consent".</summary>
    private static Task SendBackAsync(IRoute route, string error, string description)
    {
        if (route.Request.Method != "POST")
        {
            return route.ContinueAsync();
        }

        NameValueCollection asked = HttpUtility.ParseQueryString(route.Request.PostData!);
        string location = $"{asked["redirect_uri"]}?error={error}&error_description={Uri.EscapeDataString(description)}"
            + $"&state={Uri.EscapeDataString(asked["state"]!)}";
        return route.FulfillAsync(new() { Status = 302, Headers = new Dictionary<string, string> { ["Location"] = location } });
    }
}
