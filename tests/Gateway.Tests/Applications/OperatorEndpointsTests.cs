using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Applications;

[Collection(OneGateway.Name)]
public sealed class OperatorEndpointsTests(GatewayHost host)
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong-key-of-the-same-sort-of-length")]
    [InlineData("Basic operator-key-of-the-gateway-tests")]
    [InlineData("operator-key-of-the-gateway-tests")]
    public async Task OperatorApi_WhenTheKeyIsMissingOrWrong_AnswersOnly401(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/operator/applications");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using HttpResponseMessage response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task Application_WhenRegistered_IsListedWithoutItsSecret()
    {
        TestApplication application = await host.RegisterAsync(name: "Listed <b>");

        JsonElement listed = await ListedAsync(application);

        Assert.DoesNotContain(application.Secret, listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Listed <b>", listed.GetProperty("name").GetString());
        Assert.Equal(application.RedirectUri, listed.GetProperty("redirect_uris")[0].GetString());
    }

    [Theory]
    [InlineData("", "https://a.example/")]
    [InlineData("ok", "ftp://a.example/")]
    [InlineData("ok", "javascript:alert(1)")]
    [InlineData("ok", "/relative")]
    [InlineData("ok", "https://a.example/#fragment")]
    [InlineData("ok", "https://user@a.example/")]
    [InlineData("ok", "https://a.example/?iss=x")]
    [InlineData("ok", "https://a.example/?a=b&code=x")]
    [InlineData("ok", "https://a.example/with space")]
    public async Task Registration_WhenNameOrAddressIsWrong_IsRefusedWithAReason(string name, string uri)
    {
        using HttpResponseMessage response = await host.OperateAsync(
            HttpMethod.Post, "/operator/applications", JsonContent.Create(new { name, redirect_uris = new[] { uri } }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEqual(0, body.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Secrets_WhenAddedAndRemoved_AreGoodExactlyThatLong()
    {
        TestApplication application = await host.RegisterAsync();
        string path = $"/operator/applications/{application.ClientId}/secrets";
        string firstId = await SecretIdAsync(application);

        using HttpResponseMessage added = await host.OperateAsync(HttpMethod.Post, path);
        JsonElement secret = await added.Content.ReadFromJsonAsync<JsonElement>();
        TestApplication renewed = application with { Secret = secret.GetProperty("client_secret").GetString()! };

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("invalid_grant", await ErrorAsync(application));
        Assert.Equal("invalid_grant", await ErrorAsync(renewed));
        using HttpResponseMessage removed = await host.OperateAsync(HttpMethod.Delete, $"{path}/{firstId}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("invalid_client", await ErrorAsync(application));
        Assert.Equal("invalid_grant", await ErrorAsync(renewed));
        using HttpResponseMessage last = await host.OperateAsync(
            HttpMethod.Delete, $"{path}/{secret.GetProperty("id").GetString()}");
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
    }

    [Fact]
    public async Task Application_WhenDeleted_StopsAtOnceAndLosesItsGrants()
    {
        TestApplication application = await host.RegisterAsync();
        JsonElement tokens = await host.GrantAsync(application);
        string path = $"/operator/applications/{application.ClientId}";

        using HttpResponseMessage deleted = await host.OperateAsync(HttpMethod.Delete, path);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await host.UseAsync(tokens.GetProperty("access_token").GetString()!));
        Assert.Equal("invalid_client", await ErrorAsync(application));
        using TestBrowser browser = host.NewBrowser();
        await browser.BeginAsync(application);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        await TestKit.Eventually.HoldsAsync(async () =>
        {
            using HttpResponseMessage again = await host.OperateAsync(HttpMethod.Delete, path);
            return again.StatusCode is HttpStatusCode.NotFound;
        });
    }

    private async Task<string> SecretIdAsync(TestApplication application) =>
        (await ListedAsync(application)).GetProperty("secrets")[0].GetProperty("id").GetString()!;

    /// <summary>Its entry, on whichever page of the list it is.</summary>
    private async Task<JsonElement> ListedAsync(TestApplication application)
    {
        string after = "";
        while (true)
        {
            using HttpResponseMessage response = await host.OperateAsync(HttpMethod.Get, $"/operator/applications{after}");
            JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
            JsonElement found = body.GetProperty("applications").EnumerateArray()
                .FirstOrDefault(a => a.GetProperty("client_id").GetString() == application.ClientId);
            if (found.ValueKind is JsonValueKind.Object)
            {
                return found;
            }

            after = $"?after={body.GetProperty("next").GetString() ?? throw new InvalidOperationException("It is on no page.")}";
        }
    }

    /// <summary>What the token endpoint says to a worthless refresh token: who calls is checked first.</summary>
    private async Task<string> ErrorAsync(TestApplication application)
    {
        using HttpResponseMessage response = await host.TokenAsync(
            application, ("grant_type", "refresh_token"), ("refresh_token", "worthless"));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
    }
}
