using System.Net;
using System.Text.RegularExpressions;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>The consent page as a browser would use it.</summary>
public sealed partial class ConsentPageTests
{
    private const string Query =
        "?client_id=app&response_type=code&redirect_uri=https%3A%2F%2Fours.example.test%2Fcb%3Fx%3D1&scope=openid+offline_access+Calendars.Read&state=s%261";

    [Fact]
    public async Task Page_WhenAccepted_SendsTheBrowserBackWithACodeAndTheState()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        var (page, answer) = await AnswerAsync(scene, "common", scene.Ada.Id, "accept");
        var back = System.Web.HttpUtility.ParseQueryString(new Uri(answer.Headers.Location!.ToString()).Query);

        Assert.Contains("Ada (ada@example.test)", page, StringComparison.Ordinal);
        Assert.Equal(3, Granted().Count(page));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("1", "s&1"), (back["x"], back["state"]));
        Assert.NotNull(back["code"]);
        answer.Dispose();
    }

    [Fact]
    public async Task Page_WhenCancelled_SaysAccessDenied()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        var (_, answer) = await AnswerAsync(scene, "common", scene.Ada.Id, "cancel");
        var back = System.Web.HttpUtility.ParseQueryString(new Uri(answer.Headers.Location!.ToString()).Query);

        Assert.Equal(("access_denied", "cancel", "s&1"), (back["error"], back["error_subcode"], back["state"]));
        Assert.Null(back["code"]);
        answer.Dispose();
    }

    [Fact]
    public async Task Page_WhenTheAccountIsOfAnotherTenant_StaysAndSaysWhy()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        var (_, answer) = await AnswerAsync(scene, "consumers", scene.Ada.Id, "accept");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("AADSTS50020", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        answer.Dispose();
    }

    [Fact]
    public async Task Scope_WhenOnlyReadingWasGranted_DoesNotWrite()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string token = scene.Simulator.IssueTokens(scene.Ada, "app", "Calendars.Read").AccessToken;
        var reader = scene.ClientOf(token);

        Assert.Single((await reader.Me.Calendars.GetAsync())!.Value!);
        var refused = await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() =>
            reader.Me.Calendars.PostAsync(new() { Name = "New" }));
        Assert.Equal(403, refused.ResponseStatusCode);
    }

    private static async Task<(string Page, HttpResponseMessage Answer)> AnswerAsync(GraphScene scene, string tenant, string user, string button)
    {
        string page = await scene.Http.GetStringAsync(new Uri(scene.Simulator.Authority, $"{tenant}/oauth2/v2.0/authorize{Query}"));
        var fields = Hidden().Matches(page).Select(static match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Append(new("user", user)).Append(new("granted", "openid")).Append(new("answer", button));
        using var form = new FormUrlEncodedContent(fields);
        string target = Target().Match(page).Groups["path"].Value;
        return (page, await scene.Http.PostAsync(new Uri(scene.Simulator.Authority, target), form));
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<form method=\"post\" action=\"(?<path>[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Target();

    [GeneratedRegex("<input type=\"checkbox\" name=\"granted\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Granted();
}
