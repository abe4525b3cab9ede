namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>Answers as the gateway would never give them, against the document in the tree.</summary>
public sealed class ContractRulesTests
{
    private const string Json = "application/json; charset=utf-8";
    private const string Good = """{"account":{"account_id":"acc_1","default_tzid":"Etc/UTC","scope":"read_write"}}""";

    private static readonly ContractDocument Document = ContractDocument.Snapshot();

    [Fact]
    public void Answer_WhenItIsAsDocumented_PassesTheHook() => Assert.Empty(Findings("/v1/account", 200, Json, Good));

    [Theory]
    [InlineData("/v1/account", 200, Json, """{"account":{"account_id":"acc_1","default_tzid":"Etc/UTC","scope":"x","phone":"1"}}""", "$.account.phone is not documented")]
    [InlineData("/v1/account", 200, Json, """{"account":{"account_id":"acc_1","default_tzid":"Etc/UTC","scope":null}}""", "$.account.scope is no")]
    [InlineData("/v1/account", 200, "application/json", Good, "is of type")]
    [InlineData("/v1/account", 206, Json, Good, "answered 206, which is not documented")]
    [InlineData("/v1/account", 422, Json, """{"errors":{}}""", "answered 422, which is not documented")]
    [InlineData("/v1/nothing", 200, Json, "{}", "there is no such operation")]
    [InlineData("/v1/account", 200, Json, "", "no JSON")]
    public void Answer_WhenItIsNotAsDocumented_FailsTheTestThatGotIt(string path, int status, string type, string body, string finding) =>
        Assert.Contains(Findings(path, status, type, body), one => one.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void Answer_WithoutADocumentedHeader_FailsTheTestThatGotIt() => Assert.Contains(
        ContractRules.Findings(Document, "GET", "/v1/account", 200, name => name == "Content-Type" ? Json : null, Good),
        finding => finding == "has no X-Request-Id");

    private static string[] Findings(string path, int status, string type, string body) =>
        [.. ContractRules.Findings(Document, "GET", path, status, name => name == "Content-Type" ? type : "1", body)];
}
