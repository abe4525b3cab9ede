using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;
using CalendarActors.TestKit.Callbacks;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>How each library listens. A row is one of the table in the contract's section 11.</summary>
[Collection(OneGateway.Name)]
public sealed class ChannelReplayTests(GatewayHost host)
{
    private const string Url = "https://hooks.example/calendar?key=a/b";

    public static TheoryData<Sdk> Everyone => [.. Enum.GetValues<Sdk>()];

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row09Close_WithBracesAListOrNoBody_ClosesAndHasAnEmptyAnswer(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string id = (await CreateAsync(caller, Unfiltered(sdk))).GetProperty("channel_id").GetString()!;

        Assert.Equal("", (await caller.DeleteNothingAsync($"/v1/channels/{id}")).Expect(202).Body);

        Assert.Equal("""{"channels":[]}""", (await caller.GetAsync("/v1/channels")).Expect(200).Body);
        (await caller.DeleteNothingAsync($"/v1/channels/{id}")).Expect(404);
    }

    /// <summary>C# has a map of filters whatever is asked for; a second library asks for the same channel without one.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row22Filters_LeftOutOrEmptyAsCSharpWritesThem_MeanTheSameChannel(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement made = await CreateAsync(caller, Unfiltered(sdk));

        string id = made.GetProperty("channel_id").GetString()!;
        Assert.Equal($$$"""{"channel_id":"{{{id}}}","callback_url":"{{{Url}}}","filters":{}}""", made.GetRawText());
        foreach (Sdk other in Enum.GetValues<Sdk>())
        {
            SdkCaller same = new(host, other, caller.Application) { AccessToken = caller.AccessToken };
            Assert.Equal(id, (await CreateAsync(same, Unfiltered(other))).GetProperty("channel_id").GetString());
        }
    }

    /// <summary>Each writes its keys in an order of its own, and those that were not asked for not at all.</summary>
    [Theory]
    [InlineData(Sdk.Node, """{"callback_url":"URL","filters":{"calendar_ids":["CAL"],"only_managed":true}}""")]
    [InlineData(Sdk.Python, """{"callback_url":"URL","filters":{"calendar_ids":["CAL"],"only_managed":true}}""")]
    [InlineData(Sdk.Php, """{"callback_url":"URL","filters":{"calendar_ids":["CAL"],"only_managed":true}}""")]
    [InlineData(Sdk.Ruby, """{"filters":{"calendar_ids":["CAL"],"only_managed":true},"callback_url":"URL"}""")]
    [InlineData(Sdk.CSharp, """{"callback_url":"URL","filters":{"only_managed":true,"calendar_ids":["CAL"]}}""")]
    public async Task Section91Filters_InTheOrderOfALibrary_AreEchoedWhole(Sdk sdk, string body)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string calendarId = await caller.CalendarIdAsync();
        string url = sdk is Sdk.Php ? Url.Replace("/", "\\/", StringComparison.Ordinal) : Url;

        JsonElement made = await CreateAsync(
            caller, body.Replace("URL", url, StringComparison.Ordinal).Replace("CAL", calendarId, StringComparison.Ordinal));

        Assert.Equal(Url, made.GetProperty("callback_url").GetString());
        Assert.True(made.GetProperty("filters").GetProperty("only_managed").GetBoolean());
        Assert.Equal(calendarId, Assert.Single(made.GetProperty("filters").GetProperty("calendar_ids").EnumerateArray()).GetString());
    }

    /// <summary>Python and Ruby take the list from its key without looking whether it is there, C# the map of filters of each.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section92List_OfOneChannelOrNone_HasItsKeyAndTheFiltersOfEach(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        Assert.Equal("""{"channels":[]}""", (await caller.GetAsync("/v1/channels")).Expect(200).Body);

        JsonElement made = await CreateAsync(caller, Unfiltered(sdk));

        JsonElement listed = (await caller.GetAsync("/v1/channels")).Expect(200).Json.GetProperty("channels");
        Assert.Equal(made.GetRawText(), Assert.Single(listed.EnumerateArray()).GetRawText());
    }

    /// <summary>All but C# compare the parts between the commas as they are: a space after one would hide what follows it.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section94Signature_OfTwoLiveSecrets_IsFoundBetweenTheCommasByEither(Sdk sdk)
    {
        await using HookListener hook = new();
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        using HttpResponseMessage added = await host.OperateAsync(
            HttpMethod.Post, $"/operator/applications/{caller.Application.ClientId}/secrets");
        string second = (await added.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_secret").GetString()!;

        await CreateAsync(caller, new { callback_url = hook.Url });
        await hook.ComeAsync(1);

        HookCall call = Assert.Single(hook.Calls);
        string[] parts = call.Headers["Cronofy-HMAC-SHA256"].Split(',');
        foreach (string secret in new[] { caller.Application.Secret, second })
        {
            string own = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(call.Body)));
            Assert.Contains(parts, part => (sdk is Sdk.CSharp ? part.Trim() : part) == own);
        }
    }

    private static object Unfiltered(Sdk sdk) =>
        sdk is Sdk.CSharp ? new { callback_url = Url, filters = new { } } : new { callback_url = Url };

    private static async Task<JsonElement> CreateAsync(SdkCaller caller, object body) =>
        (await caller.SendAsync("POST", "/v1/channels", body)).Expect(200).Json.GetProperty("channel");
}
