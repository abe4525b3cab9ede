using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>How each library gets and gives up its tokens. A row is one of the table in the contract's section 11.</summary>
[Collection(OneGateway.Name)]
public sealed class TokenReplayTests(GatewayHost host)
{
    public static TheoryData<Sdk> Everyone => [.. Enum.GetValues<Sdk>()];

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row01CodeExchange_OnTheHostThatTheLibraryCalls_IsServed(Sdk sdk)
    {
        TestApplication application = await host.RegisterAsync();
        using TestBrowser browser = host.NewBrowser();
        string code = await browser.AllowAsync(application);
        SdkCaller caller = new(host, sdk, application);

        JsonElement tokens = (await caller.TokenCallAsync(
            "/oauth/token", ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", application.RedirectUri))).Expect(200).Json;

        Assert.All(ReadWithoutAsking, name => Assert.True(tokens.TryGetProperty(name, out _), name));
        Assert.True(tokens.TryGetProperty("account_id", out _));
        caller.Keep(tokens);
        (await caller.GetAsync("/v1/userinfo")).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row02Refresh_OnTheHostThatTheLibraryCalls_IsServed(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement tokens = (await RefreshAsync(caller)).Expect(200).Json;

        Assert.All(ReadWithoutAsking, name => Assert.True(tokens.TryGetProperty(name, out _), name));
        Assert.True(tokens.GetProperty("expires_in").GetInt32() > 0);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row03Revocation_OnTheHostThatTheLibraryCalls_HasAnEmptyAnswer(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        Assert.Equal("", (await RevokeAsync(sdk, caller)).Expect(200).Body);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row04TokenBody_InJsonOrAsARubyForm_IsRead(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk, "Röömé & more+");

        Assert.Equal(
            "Röömé & more+",
            (await caller.GetAsync("/v1/userinfo")).Expect(200).Json.GetProperty("application_calendar_id").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row05Authorization_OfATokenCallIsBearerUndefinedNoneOrStale_IsIgnored(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        (await RefreshAsync(caller)).Expect(200);
        RawAnswer refused = await caller.TokenCallAsync("/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", "unknown"));
        Assert.Equal("invalid_grant", refused.Expect(400).Json.GetProperty("error").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row20RevokeKey_IsTokenSubOrNodesRefreshToken_EndsTheGrant(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        (await RevokeAsync(sdk, caller)).Expect(200);

        (await caller.GetAsync("/v1/userinfo")).Expect(401);
        (await RefreshAsync(caller)).Expect(400);
    }

    /// <summary>What a library takes from an answer without looking whether it is there.</summary>
    private static readonly string[] ReadWithoutAsking = ["access_token", "refresh_token", "expires_in", "scope", "token_type", "sub"];

    private static Task<RawAnswer> RefreshAsync(SdkCaller caller) => caller.TokenCallAsync(
        "/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", caller.RefreshToken));

    private static Task<RawAnswer> RevokeAsync(Sdk sdk, SdkCaller caller) => caller.TokenCallAsync("/oauth/token/revoke", sdk switch
    {
        Sdk.Node => ("refresh_token", caller.RefreshToken),
        Sdk.Python => ("token", caller.AccessToken),
        _ => ("token", caller.RefreshToken),
    });
}
