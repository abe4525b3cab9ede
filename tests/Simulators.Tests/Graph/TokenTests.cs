using System.Text.Json.Nodes;

namespace CalendarActors.Simulators.Tests.Graph;

/// <summary>The token endpoint without a library in between.</summary>
public sealed class TokenTests
{
    // RFC 7636, appendix B.
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    [Theory]
    [InlineData(Verifier, null)]
    [InlineData("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", 501481)]
    [InlineData(null, 501481)]
    public async Task Code_WhenRedeemedWithAVerifier_NeedsTheRightOne(string? verifier, int? refusal)
    {
        await using GraphScene scene = await GraphScene.OpenAsync();

        JsonNode answer = await RedeemAsync(scene, CodeOf(scene), verifier);

        Assert.Equal(refusal, (int?)answer["error_codes"]?[0]);
        Assert.Equal(refusal is null, answer["access_token"] is not null);
    }

    [Fact]
    public async Task Code_WhenRedeemedTwiceOrLate_IsRefused()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        string once = CodeOf(scene);
        string late = CodeOf(scene);

        JsonNode first = await RedeemAsync(scene, once, Verifier);
        JsonNode second = await RedeemAsync(scene, once, Verifier);
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        JsonNode third = await RedeemAsync(scene, late, Verifier);

        Assert.Equal((3600, "Calendars.Read"), ((int)first["expires_in"]!, (string?)first["scope"]));
        Assert.Equal(("invalid_grant", "invalid_grant"), ((string?)second["error"], (string?)third["error"]));
        Assert.Equal(70008, (int?)third["error_codes"]![0]);
    }

    [Fact]
    public async Task RefreshToken_WhenUnusedForItsLife_IsRefusedAndEachUseGivesANewOne()
    {
        await using GraphScene scene = await GraphScene.OpenAsync();
        var (_, refresh) = scene.Simulator.IssueTokens(scene.Ada, "app");

        scene.Clock.Advance(TimeSpan.FromDays(60));
        JsonNode rotated = await RefreshAsync(scene, refresh);
        JsonNode again = await RefreshAsync(scene, refresh);
        scene.Clock.Advance(TimeSpan.FromDays(60));
        JsonNode old = await RefreshAsync(scene, refresh);
        JsonNode next = await RefreshAsync(scene, (string)rotated["refresh_token"]!);

        Assert.NotEqual(refresh, (string?)rotated["refresh_token"]);
        Assert.NotNull(again["access_token"]);
        Assert.Equal(700082, (int?)old["error_codes"]![0]);
        Assert.NotNull(next["access_token"]);
    }

    private static string CodeOf(GraphScene scene)
    {
        var asked = new Uri($"https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=app&redirect_uri=https%3A%2F%2Fours.example.test%2Fcb&scope=offline_access%20Calendars.Read&code_challenge={Challenge}&code_challenge_method=S256");
        return System.Web.HttpUtility.ParseQueryString(scene.Simulator.Accept(asked, scene.Ada).Query)["code"]!;
    }

    private static Task<JsonNode> RedeemAsync(GraphScene scene, string code, string? verifier) => PostAsync(
        scene, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", "https://ours.example.test/cb"), .. verifier is null ? [] : new KeyValuePair<string, string>[] { new("code_verifier", verifier) }]);

    private static Task<JsonNode> RefreshAsync(GraphScene scene, string token) =>
        PostAsync(scene, [new("grant_type", "refresh_token"), new("refresh_token", token)]);

    private static async Task<JsonNode> PostAsync(GraphScene scene, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields.Append(new("client_id", "app")));
        using HttpResponseMessage answer = await scene.Http.PostAsync(new Uri(scene.Simulator.Authority, $"{GraphScene.Tenant}/oauth2/v2.0/token"), form);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
