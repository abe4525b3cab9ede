using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;
using static CalendarActors.Gateway.Tests.Api.Days;

namespace CalendarActors.Gateway.Tests.Sdks;

/// <summary>How each library writes. A row is one of the table in the contract's section 11.</summary>
[Collection(OneGateway.Name)]
public sealed class WriteReplayTests(GatewayHost host)
{
    public static TheoryData<Sdk> Everyone => [.. Enum.GetValues<Sdk>()];

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row08Post_WithoutParametersAsObjectListFormOrNothing_IsAccepted(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string profileId = (await caller.GetAsync("/v1/profiles")).Expect(200).Json.GetProperty("profiles")[0].GetProperty("profile_id").GetString()!;

        Assert.Equal("", (await caller.PostNothingAsync($"/v1/profiles/{profileId}/revoke", new { profile_id = profileId })).Expect(202).Body);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row08LinkToken_AskedForWithWhateverBodyALibrarySends_IsGiven(Sdk sdk)
    {
        ApiCaller person = await ApiCaller.GrantAsync(host);
        SdkCaller caller = new(host, sdk, person.Application) { AccessToken = person.AccessToken };

        Assert.NotEmpty((await caller.PostNothingAsync("/v1/link_tokens", new { })).Expect(200).Json.GetProperty("link_token").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row10MediaType_WithAndWithoutACharset_IsJson(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement read = await WrittenAsync(caller, new { event_id = "e", summary = "Größe ✓", start = Day(1), end = Day(2) });

        Assert.Equal("Größe ✓", read.GetProperty("summary").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row11ContentEncoding_ThatCSharpAnnouncesAndDoesNotApply_IsIgnored(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement read = await WrittenAsync(caller, new { event_id = "e", summary = "x", start = Day(1), end = Day(2) });

        Assert.Equal("x", read.GetProperty("summary").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row16EventTimes_WithASpaceAndAZoneAsCSharpWritesThem_AreRead(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement read = await WrittenAsync(caller, new
        {
            event_id = "e",
            summary = "x",
            start = caller.EventTime(Day(1), "15:30"),
            end = caller.EventTime(Day(1), "16:30"),
            url = (string?)null,
        });

        Assert.Equal(At(1, "15:30"), read.GetProperty("start").GetString());
        Assert.Equal(At(1, "16:30"), read.GetProperty("end").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row19BulkDelete_WithItsArgumentsInPythonsQueryOrInTheBody_IsAccepted(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string calendarId = await caller.CalendarIdAsync();
        await WrittenAsync(caller, new { event_id = "e", summary = "x", start = Day(1), end = Day(2) });

        RawAnswer named = sdk is Sdk.Python
            ? await caller.SendAsync("DELETE", $"/v1/events?{caller.ListName("calendar_ids")}={calendarId}", "{}")
            : await caller.SendAsync("DELETE", "/v1/events", new { calendar_ids = new[] { calendarId } });
        Assert.Equal("", named.Expect(202).Body);
        Assert.Equal(0, await CountAsync(caller));

        await WrittenAsync(caller, new { event_id = "f", summary = "x", start = Day(1), end = Day(2) });
        RawAnswer all = sdk is Sdk.Python
            ? await caller.SendAsync("DELETE", "/v1/events?delete_all=True", "{}")
            : await caller.SendAsync("DELETE", "/v1/events", new { delete_all = true });
        Assert.Equal("", all.Expect(202).Body);
        Assert.Equal(0, await CountAsync(caller));
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row21Slash_EscapedAsPhpEscapesIt_IsASlash(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        JsonElement read = await WrittenAsync(caller, new { event_id = "a/b", summary = "1/2", start = Day(1), end = Day(2) });

        Assert.Equal("1/2", read.GetProperty("summary").GetString());
        Assert.Equal("a/b", read.GetProperty("event_id").GetString());
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row23CalendarId_WithAnAtSignUnescapedInThePath_IsAnId(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string calendarId = await caller.CalendarIdAsync();
        object body = new { event_id = "e", summary = "x", start = Day(1), end = Day(2) };

        (await caller.SendAsync("POST", "/v1/calendars/cal_1_ann@example.com/events", body)).Expect(404);
        (await caller.SendAsync("POST", "/v1/calendars/cal_1_ann%40example.com/events", body)).Expect(404);
        (await caller.SendAsync("POST", $"/v1/calendars/{calendarId}/events", body)).Expect(202);
        (await caller.SendAsync("POST", $"/v1/calendars/{calendarId.Replace("_", "%5F", StringComparison.Ordinal)}/events", body)).Expect(202);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row24TrailingSlash_AsPhpWritesIt_MeansThePathWithoutIt(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";

        (await caller.SendAsync("POST", path + "/", new { event_id = "e", summary = "x", start = Day(1), end = Day(2) })).Expect(202);
        (await caller.SendAsync("DELETE", path + "/", new { event_id = "e" })).Expect(202);
        (await caller.GetAsync("/v1/calendars/")).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row26Status_OfAWrite_Is202WithAnEmptyBody(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string path = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";

        Assert.Equal("", (await caller.SendAsync("POST", path, new { event_id = "e", summary = "x", start = Day(1), end = Day(2) })).Expect(202).Body);
        Assert.Equal("", (await caller.SendAsync("DELETE", path, new { event_id = "e" })).Expect(202).Body);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Row27Redirect_WhateverThePath_IsNeverTheAnswer(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);

        foreach (string path in new[] { "/v1", "/v1/", "/v1//events", "/V1/userinfo", "/v1/nothing/", "/oauth/token/" })
        {
            foreach (string method in new[] { "POST", "DELETE" })
            {
                RawAnswer answer = await caller.SendAsync(method, path, new { });
                Assert.True(answer.Status is < 300 or >= 400, $"{method} {path}: {answer.Status}");
            }
        }
    }

    /// <summary>Two libraries take an entry's status for success where it ends with 02, so it is 202 and nothing else.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section79Batch_WrittenByALibrary_Is207WithEntriesOf202(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string url = $"/v1/calendars/{await caller.CalendarIdAsync()}/events";
        object data = new { event_id = "e", summary = "x", start = caller.EventTime(Day(1), "09:00"), end = caller.EventTime(Day(1), "10:00") };

        JsonElement entries = (await caller.SendAsync("POST", "/v1/batch", new
        {
            batch = new object[]
            {
                new { method = "POST", relative_url = url, data },
                new { method = "DELETE", relative_url = url, data = new { event_id = "e" } },
            },
        })).Expect(207).Json.GetProperty("batch");

        Assert.Equal([202, 202], entries.EnumerateArray().Select(entry => entry.GetProperty("status").GetInt32()));
    }

    /// <summary>Ruby sends no version.</summary>
    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Section47ElementToken_WithAndWithoutAVersion_IsGiven(Sdk sdk)
    {
        SdkCaller caller = await SdkCaller.OpenAsync(host, sdk);
        string sub = (await caller.GetAsync("/v1/userinfo")).Expect(200).Json.GetProperty("sub").GetString()!;
        caller.AccessToken = caller.Application.Secret;
        (string[] permissions, string[] subs, string origin) = (["agenda"], [sub], "https://app.example.com");

        RawAnswer answer = await caller.SendAsync("POST", "/v1/element_tokens", sdk is Sdk.Ruby
            ? (object)new { permissions, subs, origin }
            : new { version = "1", permissions, subs, origin });

        Assert.Equal(64_800, answer.Expect(200).Json.GetProperty("element_token").GetProperty("expires_in").GetInt32());
    }

    private static async Task<int> CountAsync(SdkCaller caller) =>
        (await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true")).Expect(200).Json.GetProperty("events").GetArrayLength();

    /// <summary>Writes an event and reads it back.</summary>
    private static async Task<JsonElement> WrittenAsync(SdkCaller caller, object body)
    {
        string calendarId = await caller.CalendarIdAsync();
        Assert.Equal("", (await caller.SendAsync("POST", $"/v1/calendars/{calendarId}/events", body)).Expect(202).Body);
        JsonElement events = (await caller.GetAsync("/v1/events?tzid=Etc%2FUTC&only_managed=true")).Expect(200).Json.GetProperty("events");
        return Assert.Single(events.EnumerateArray());
    }
}
