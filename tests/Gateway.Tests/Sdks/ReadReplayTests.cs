using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>How each library reads. A row is one of the table in the contract's section 11.</summary>
[Collection(OneGateway.Name)]
public sealed class ReadReplayTests(GatewayHost host, ReplayScene scene) : IClassFixture<ReplayScene>
{
    public static TheoryData<Sdk> Everyone => [.. Enum.GetValues<Sdk>()];

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row06ContentType_OnAGet_IsIgnored(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        foreach (string path in new[] { "/v1/userinfo", "/v1/account", "/v1/profiles", "/v1/calendars" })
        {
            (await caller.GetAsync(path)).Expect(200);
        }
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row07Body_OfAGetIsPythonsBracesOrCSharpsNothing_IsIgnored(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        Assert.Equal(100, Count((await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true")).Expect(200), "events"));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row12HostHeader_OfAnotherHost_NamesNoAddressInTheAnswer(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        string next = NextPage(await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true"));

        Assert.StartsWith(host.Address + "v1/events/pages/", next, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row13TruthValue_InAQueryInPythonsLetterCase_IsRead(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        Assert.Equal(100, Count((await caller.GetAsync($"/v1/events?tzid=Etc%2FUTC&include_managed={caller.True}")).Expect(200), "events"));
        Assert.Equal(0, Count((await caller.GetAsync($"/v1/events?tzid=Etc%2FUTC&include_managed={caller.False}")).Expect(200), "events"));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row14Brackets_RawOrEncoded_MakeAList(Sdk sdk)
    {
        (SdkCaller caller, string calendarId) = await scene.ReadByAsync(host, sdk);
        string query = $"/v1/events?tzid=Etc%2FUTC&only_managed=true&{caller.ListName("calendar_ids")}=";

        Assert.Equal(100, Count((await caller.GetAsync(query + calendarId)).Expect(200), "events"));
        (await caller.GetAsync(query + "cal_0_0")).Expect(422);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row15Window_GivenAsDaysOrAsRubysTimes_IsRead(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);
        (string from, string to) = sdk is Sdk.Ruby ? ($"{Day(1)}T00%3A00%3A00Z", $"{Day(2)}T00%3A00%3A00Z") : (Day(1), Day(2));

        Assert.Equal(20, Count((await caller.GetAsync($"/v1/events?tzid=Etc%2FUTC&include_managed=true&from={from}&to={to}")).Expect(200), "events"));
        Assert.Equal(20, Count((await caller.GetAsync($"/v1/free_busy?tzid=Etc%2FUTC&include_managed=true&from={from}&to={to}")).Expect(200), "free_busy"));
    }

    [Theory]
    [InlineData(Sdk.CSharp, "2020-01-01%2000%3A00%3A00Z")]
    [InlineData(Sdk.Ruby, "2020-01-01T00%3A00%3A00Z")]
    [InlineData(Sdk.Php, "2020-01-01T00:00:00Z")]
    [InlineData(Sdk.Node, "2020-01-01T00%3A00%3A00Z")]
    [InlineData(Sdk.Python, "2020-01-01T00%3A00%3A00Z")]
    public async Task Row16LastModified_WithASpaceAsCSharpWritesIt_IsRead(Sdk sdk, string moment)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        Assert.Equal(100, Count((await caller.GetAsync($"/v1/events?tzid=Etc%2FUTC&only_managed=true&last_modified={moment}")).Expect(200), "events"));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row17NextPage_WithTheQueryThatNodeAppends_IsTheNextPage(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);
        string more = sdk is Sdk.Node ? "?tzid=Etc%2FUTC&from=1999-01-01&include_managed=nonsense" : "";
        string next = NextPage(await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true"));

        JsonElement last = (await caller.GetAsync(new Uri(next).PathAndQuery + more)).Expect(200).Json;

        Assert.Equal(ReplayScene.Events - 100, last.GetProperty("events").GetArrayLength());
        Assert.Equal("""{"current":2,"total":2}""", last.GetProperty("pages").GetRawText());
    }

    [Theory]
    [InlineData(Sdk.Node, "tzid=Etc%2FUTC")]
    [InlineData(Sdk.Python, "tzid=Etc%2FUTC&only_managed=False&include_managed=True&include_deleted=False&include_moved=False&localized_times=False&include_geo=False")]
    [InlineData(Sdk.Php, "tzid=Etc/UTC")]
    [InlineData(Sdk.Ruby, "tzid=Etc%2FUTC")]
    [InlineData(Sdk.CSharp, "tzid=Etc%2FUTC&localized_times=true")]
    public async Task Row18Options_ThatALibraryAlwaysSends_AreSupported(Sdk sdk, string options)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        Assert.Equal(sdk is Sdk.Python ? 100 : 0, Count((await caller.GetAsync($"/v1/events?{options}")).Expect(200), "events"));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row25UserAgent_OfALibraryOrNone_IsIgnored(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        (await caller.GetAsync("/v1/userinfo")).Expect(200);
        (await RawHttp.SendAsync(host, "GET", "/v1/userinfo", ["Host: x", $"Authorization: Bearer {caller.AccessToken}"], null)).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row26Status_OfAPagedRead_IsExactly200(Sdk sdk)
    {
        (SdkCaller caller, _) = await scene.ReadByAsync(host, sdk);

        (await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true")).Expect(200);
        (await caller.GetAsync("/v1/free_busy?tzid=Etc%2FUTC&include_managed=true")).Expect(200);
        Assert.Equal("application/json; charset=utf-8", (await caller.GetAsync("/v1/events?tzid=Etc%2FUTC")).Headers["Content-Type"]);
    }

    private static int Count(RawAnswer answer, string list) => answer.Json.GetProperty(list).GetArrayLength();

    private static string NextPage(RawAnswer answer) =>
        answer.Expect(200).Json.GetProperty("pages").GetProperty("next_page").GetString()!;
}
