using System.Text.Json;
using CalendarActors.Gateway.Tests.Hosting;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>Every example of the document is sent, and what comes back shows everything that the example of the answer shows.</summary>
[Collection(OneGateway.Name)]
public sealed class ExampleTests(GatewayHost host, SharedExamples shared) : IClassFixture<SharedExamples>
{
    /// <summary>What others could not go on with.</summary>
    private static readonly string[] Ending =
    [
        "POST /oauth/token/revoke", "POST /v1/profiles/{profile_id}/revoke", "DELETE /operator/applications/{clientId}",
        "DELETE /v1/calendars/{calendar_id}/events", "DELETE /v1/events",
        "DELETE /v1/channels/{channel_id}", "DELETE /v1/availability_rules/{availability_rule_id}", "DELETE /v1/holds/{hold_id}",
        "DELETE /v1/bookable_events/{bookable_event_id}/registrations/{registration_id}",
    ];

    public static TheoryData<string> Operations => [.. ContractDocument.Snapshot().Operations.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Example_OfAnOperation_IsWhatTheServiceTakesAndGives(string name)
    {
        ContractOperation operation = host.Contract.Operations.Single(one => one.Name == name);
        ExampleScene scene = Ending.Contains(name)
            ? await ExampleScene.OpenAsync(host, $"ann.{Array.IndexOf(Ending, name)}@example.com")
            : await shared.OpenAsync(host);

        using HttpResponseMessage response = await scene.SendAsync(operation);
        string body = await response.Content.ReadAsStringAsync();

        Assert.True((int)response.StatusCode == operation.Success, $"{(int)response.StatusCode} {body}");
        if (operation.Json(operation.Success) is { } json && json.TryGetProperty("example", out JsonElement example))
        {
            Assert.Empty(host.Contract.Schemas.Findings(json.GetProperty("schema"), example));
            Assert.Empty(NotShown(example, JsonElement.Parse(body), "$"));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Example_OfABody_HasOnlyDocumentedMembers(string name)
    {
        ContractOperation operation = host.Contract.Operations.Single(one => one.Name == name);
        if (operation.Body is { } body)
        {
            JsonElement schema = operation.Element.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Assert.Empty(host.Contract.Schemas.Findings(schema, body));
        }
    }

    /// <summary>The members of an example that an answer does not have, or has in another kind.</summary>
    private static IEnumerable<string> NotShown(JsonElement example, JsonElement answer, string path)
    {
        if (Kind(example) != Kind(answer))
        {
            return [$"{path} is {answer.GetRawText()}, in the example {example.GetRawText()}"];
        }

        return example.ValueKind switch
        {
            JsonValueKind.Object => example.EnumerateObject().SelectMany(member => answer.TryGetProperty(member.Name, out JsonElement found)
                ? NotShown(member.Value, found, $"{path}.{member.Name}")
                : [$"{path}.{member.Name} is not in the answer"]),
            JsonValueKind.Array => example.EnumerateArray().SelectMany((item, index) =>
                answer.EnumerateArray().Any(found => !NotShown(item, found, path).Any())
                    ? []
                    : answer.EnumerateArray().SelectMany(found => NotShown(item, found, $"{path}[{index}]")).DefaultIfEmpty($"{path} is empty").Take(5)),
            _ => [],
        };
    }

    private static JsonValueKind Kind(JsonElement element) =>
        element.ValueKind is JsonValueKind.False ? JsonValueKind.True : element.ValueKind;
}
