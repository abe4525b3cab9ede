using CalendarActors.Gateway.Tests.Api;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>Every operation of the document by those who may not: who comes new into the document is here at once.</summary>
[Collection(OneGateway.Name)]
public sealed class HostileMatrixTests(GatewayHost host, SharedExamples shared) : IClassFixture<SharedExamples>
{
    /// <summary>What any token may do; a batch is asked entry by entry.</summary>
    private static readonly string[] NeedNoScope =
    [
        "GET /v1/userinfo", "GET /v1/account", "GET /v1/profiles", "POST /v1/profiles/{profile_id}/revoke", "GET /v1/calendars",
        "POST /v1/link_tokens", "POST /v1/batch", "GET /v1/accessible_calendars",
        "GET /v1/channels", "POST /v1/channels", "DELETE /v1/channels/{channel_id}", "GET /v1/channels/{channel_id}/deliveries",
        "POST /v1/channels/{channel_id}/deliveries/replay", "GET /v1/channels/{channel_id}/settings",
        "POST /v1/channels/{channel_id}/settings",
        "POST /v1/availability_rules", "GET /v1/availability_rules", "GET /v1/availability_rules/{availability_rule_id}",
        "DELETE /v1/availability_rules/{availability_rule_id}",
        "POST /v1/available_periods", "GET /v1/available_periods", "DELETE /v1/available_periods",
    ];

    private IEnumerable<ContractOperation> Guarded => host.Contract.Operations.Where(operation => Bearer(operation) is not null);

    private IEnumerable<ContractOperation> OfPersons => host.Contract.Operations.Where(operation => Bearer(operation) is "accessToken");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("undefined")]
    [InlineData("at_0_acc_0.0")]
    public async Task Operation_WithNoTokenOrNonsense_Is401(string? bearer)
    {
        ExampleScene scene = await shared.OpenAsync(host);

        await RefusesAsync(Guarded, operation => scene.SendAsync(operation, bearer), 401);
    }

    [Fact]
    public async Task Operation_WithATokenOfAnotherKind_Is401()
    {
        ExampleScene scene = await shared.OpenAsync(host);
        Dictionary<string, string> bearers = new(StringComparer.Ordinal)
        {
            ["accessToken"] = scene.Caller.AccessToken,
            ["clientSecret"] = scene.Caller.Application.Secret,
            ["operatorKey"] = GatewayHost.OperatorKey,
            ["refresh token"] = scene.Caller.RefreshToken,
        };

        foreach ((string kind, string bearer) in bearers)
        {
            await RefusesAsync(Guarded.Where(operation => !operation.Schemes.Contains(kind)), operation => scene.SendAsync(operation, bearer), 401);
        }
    }

    [Fact]
    public async Task Operation_WithAnExpiredToken_Is401()
    {
        ExampleScene scene = await shared.OpenAsync(host);
        ApiCaller other = await ApiCaller.OpenAsync(host);
        host.Time.Shift += TimeSpan.FromHours(2);
        try
        {
            await RefusesAsync(OfPersons.Where(NeedsNoCursor), operation => scene.SendAsync(operation, other.AccessToken), 401);
        }
        finally
        {
            host.Time.Shift -= TimeSpan.FromHours(2);
        }
    }

    [Fact]
    public async Task Operation_WithARevokedToken_Is401()
    {
        ExampleScene scene = await shared.OpenAsync(host);
        ApiCaller other = await ApiCaller.OpenAsync(host);
        using HttpResponseMessage revoked = await host.Http.PostAsync("/oauth/token/revoke", GatewayHost.Form(
            [("client_id", other.Application.ClientId), ("client_secret", other.Application.Secret), ("token", other.AccessToken)]));
        Assert.Equal(200, (int)revoked.StatusCode);

        await RefusesAsync(OfPersons, operation => scene.SendAsync(operation, other.AccessToken), 401);
    }

    /// <summary>The token is good, the ids are those of somebody else and another application.</summary>
    [Fact]
    public async Task Operation_OnWhatIsAnothers_IsAsIfItWereNotThere()
    {
        ExampleScene scene = await shared.OpenAsync(host);
        ApiCaller stranger = await ApiCaller.OpenAsync(host);

        await RefusesAsync(
            OfPersons.Where(operation => operation.Response(404) is not null),
            operation => scene.SendAsync(operation, stranger.AccessToken),
            404);
    }

    /// <summary>A scope that lets one see that there are calendars, and nothing else.</summary>
    [Fact]
    public async Task Operation_WithALesserScope_Is403WhereItNeedsOne()
    {
        ExampleScene scene = await shared.OpenAsync(host);
        ApiCaller lesser = await scene.Caller.NarrowedAsync("list_calendars");

        await RefusesAsync(
            OfPersons.Where(operation => !NeedNoScope.Contains(operation.Name) && NeedsNoCursor(operation)),
            operation => scene.SendAsync(operation, lesser.AccessToken),
            403);
    }

    private static async Task RefusesAsync(
        IEnumerable<ContractOperation> operations, Func<ContractOperation, Task<HttpResponseMessage>> send, int status)
    {
        List<string> wrong = [];
        int tried = 0;
        foreach (ContractOperation operation in operations)
        {
            tried++;
            using HttpResponseMessage response = await send(operation);
            if ((int)response.StatusCode != status)
            {
                wrong.Add($"{operation}: {(int)response.StatusCode}");
            }
        }

        Assert.True(tried > 1, "There is nothing to refuse.");
        Assert.Empty(wrong);
    }

    private static string? Bearer(ContractOperation operation) =>
        operation.Schemes.FirstOrDefault(scheme => scheme is "accessToken" or "clientSecret" or "operatorKey");

    // A cursor carries its own grant: another grant's is 404 before its scope is asked for.
    private static bool NeedsNoCursor(ContractOperation operation) => !operation.Path.Contains("{cursor}", StringComparison.Ordinal);
}
