using System.Net;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Api;

[Collection(OneGateway.Name)]
public sealed class PermissionTests(GatewayHost host)
{
    private const string Path = "/v1/permissions";

    [Fact]
    public async Task Request_WhenThePersonAllowsIt_RaisesTheCalendarAndLowersAgainAtOnce()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        Assert.Equal("sandbox", await scene.LevelAsync());

        await scene.AllowAsync();
        Assert.Equal("unrestricted", await scene.LevelAsync());
        JsonElement info = (await scene.Caller.GetAsync("/v1/userinfo")).GetProperty("cronofy.data").GetProperty("profiles")[0];
        Assert.Equal(
            ["unrestricted", "sandbox"],
            info.GetProperty("profile_calendars").EnumerateArray().Select(c => c.GetProperty("permission_level").GetString()));

        using HttpResponseMessage lowered =
            await scene.Caller.SendAsync(HttpMethod.Post, Path, ApiCaller.Json(scene.Raise("sandbox")));
        Assert.Equal("""{"permissions_request":{"accepted":true}}""", await lowered.Content.ReadAsStringAsync());
        Assert.Equal("sandbox", await scene.LevelAsync());
    }

    [Fact]
    public async Task Permission_WhenTheGrantIsRevoked_EndsWithIt()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        await scene.AllowAsync();
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", scene.Application.ClientId), ("client_secret", scene.Application.Secret), ("token", scene.Caller.AccessToken)]));
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        JsonElement tokens = await host.GrantAsync(scene.Application, userName: scene.UserName);
        JsonElement calendars = (await new ApiCaller(host, scene.Application, tokens).GetAsync("/v1/calendars")).GetProperty("calendars");

        Assert.All(calendars.EnumerateArray(), c => Assert.Equal("sandbox", c.GetProperty("permission_level").GetString()));
    }

    [Fact]
    public async Task Permission_OfOneApplication_IsNotAnothers()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        await scene.AllowAsync();
        ApiCaller other = await ApiCaller.GrantAsync(host, userName: scene.UserName);

        Assert.Equal(403, (await other.TryAsync(HttpMethod.Delete, scene.Events, new { event_uid = await scene.UidAsync("Plain") })).Status);
    }

    [Theory]
    [InlineData("{}", "permissions errors.required")]
    [InlineData("""{"permissions":[],"redirect_uri":"R"}""", "permissions errors.required")]
    [InlineData("""{"permissions":"x","redirect_uri":"R"}""", "permissions errors.must_be_array")]
    [InlineData("""{"permissions":["x"],"redirect_uri":"R"}""", "permissions[0] errors.must_be_object")]
    [InlineData("""{"permissions":[{}],"redirect_uri":"R"}""", "permissions[0].calendar_id errors.required", "permissions[0].permission_level errors.required")]
    [InlineData("""{"permissions":[{"calendar_id":7,"permission_level":"sandbox"}]}""", "permissions[0].calendar_id errors.must_be_string")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"everything"}],"redirect_uri":"R"}""", "permissions[0].permission_level errors.not_recognized")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"unrestricted"}]}""", "redirect_uri errors.required")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"unrestricted"}],"redirect_uri":"https://evil.example/"}""", "redirect_uri errors.not_recognized")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"unrestricted"}],"redirect_uri":"R#x"}""", "redirect_uri errors.not_recognized")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"unrestricted"}],"redirect_uri":["R"]}""", "redirect_uri errors.must_be_string")]
    [InlineData("""{"permissions":[{"calendar_id":"C","permission_level":"sandbox"},{"calendar_id":"C","permission_level":"unrestricted"}],"redirect_uri":"R"}""", "permissions[1].permission_level errors.invalid_format")]
    [InlineData("""{"permissions":[{"calendar_id":"cal_0000_0000","permission_level":"unrestricted"}],"redirect_uri":"R"}""", "permissions[0].calendar_id errors.not_recognized")]
    [InlineData("""{"permissions":[{"calendar_id":"O","permission_level":"unrestricted"}],"redirect_uri":"R"}""", "permissions[0].calendar_id errors.calendar_read_only")]
    public async Task Request_WhenSomethingIsWrong_SaysWhatAndChangesNothing(string body, params string[] errors)
    {
        ApiCaller caller = await ApiCaller.GrantAsync(host);
        string redirect = (await host.RegisterAsync()).RedirectUri;
        body = body.Replace("\"R", $"\"{redirect}", StringComparison.Ordinal)
            .Replace("\"C\"", $"\"{await caller.CalendarIdAsync()}\"", StringComparison.Ordinal)
            .Replace("\"O\"", $"\"{await caller.CalendarIdAsync(readOnly: true)}\"", StringComparison.Ordinal);

        (int status, string[] found) = await caller.TryAsync(HttpMethod.Post, Path, body);

        Assert.Equal((422, string.Join('|', errors)), (status, string.Join('|', found)));
    }

    [Fact]
    public async Task Request_ForAnotherPersonsCalendar_IsRefusedAsUnknown()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.GrantAsync(host);

        (int status, string[] errors) = await stranger.TryAsync(HttpMethod.Post, Path, scene.Raise());

        Assert.Equal((422, "permissions[0].calendar_id errors.not_recognized"), (status, Assert.Single(errors)));
    }

    [Fact]
    public async Task Request_WhenTheScopeOrTheTokenDoesNotPermitIt_IsRefused()
    {
        using ExternalScene scene = await ExternalScene.OpenAsync(host);
        ApiCaller narrow = await scene.Caller.NarrowedAsync("read_events");
        ApiCaller room = await ApiCaller.OpenAsync(host);

        Assert.Equal(403, (await narrow.TryAsync(HttpMethod.Post, Path, scene.Raise())).Status);
        (int status, string[] errors) = await room.TryAsync(HttpMethod.Post, Path, new
        {
            permissions = new[] { new { calendar_id = await room.CalendarIdAsync(), permission_level = "unrestricted" } },
            redirect_uri = scene.Application.RedirectUri,
        });
        Assert.Equal((422, "permissions[0].calendar_id errors.not_supported"), (status, Assert.Single(errors)));
        using HttpResponseMessage nobody = await host.Http.PostAsync(Path, ApiCaller.Json(scene.Raise()));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
    }
}
