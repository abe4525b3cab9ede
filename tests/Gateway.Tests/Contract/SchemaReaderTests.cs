using System.Text.Json;
using CalendarActors.Gateway.Tests.Api;

namespace CalendarActors.Gateway.Tests.Contract;

public sealed class SchemaReaderTests
{
    private const string Schema = """
        {
          "type": "object", "required": ["id", "at"],
          "properties": {
            "id": { "type": "string", "pattern": "^a_", "maxLength": 5 },
            "at": { "anyOf": [{ "$ref": "#/day" }, { "type": "object", "properties": { "time": { "type": "string" } } }] },
            "flag": { "type": "boolean" },
            "word": { "type": "string", "enum": ["on", "off"] },
            "count": { "type": "integer", "minimum": 1, "maximum": 3 },
            "name": { "type": ["null", "string"] },
            "list": { "type": "array", "maxItems": 1, "items": { "type": "integer" } },
            "map": { "type": "object", "additionalProperties": { "type": "integer" } }
          }
        }
        """;

    private static readonly JsonElement Document = JsonElement.Parse("""{ "day": { "type": "string", "format": "date" } }""");

    [Theory]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01" }""")]
    [InlineData("""{ "id": "a_1", "at": { "time": "x" }, "flag": true, "word": "on", "count": 3, "name": null, "list": [1], "map": { "x": 1 } }""")]
    public void Answer_WhenItIsAsDocumented_HasNoFindings(string answer) => Assert.Empty(FindingsOf(answer));

    [Theory]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "more": 1 }""", "$.more is not documented")]
    [InlineData("""{ "at": "2030-01-01" }""", "$.id is missing")]
    [InlineData("""{ "id": "b_1", "at": "2030-01-01" }""", "$.id does not match")]
    [InlineData("""{ "id": "a_1234", "at": "2030-01-01" }""", "$.id is longer")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-32" }""", "$.at fits none")]
    [InlineData("""{ "id": "a_1", "at": { "tim": "x" } }""", "$.at fits none")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "flag": null }""", "$.flag is no \"boolean\"")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "word": "On" }""", "$.word is none of")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "count": 1.5 }""", "$.count is no \"integer\"")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "count": 0 }""", "$.count is less")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "count": 4 }""", "$.count is more")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "list": [1, 2] }""", "$.list has too many")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "list": ["1"] }""", "$.list[0] is no \"integer\"")]
    [InlineData("""{ "id": "a_1", "at": "2030-01-01", "map": { "x": "1" } }""", "$.map.x is no \"integer\"")]
    [InlineData("[]", "$ is no \"object\"")]
    public void Answer_WhenItIsNotAsDocumented_IsFound(string answer, string finding) =>
        Assert.StartsWith(finding, Assert.Single(FindingsOf(answer)), StringComparison.Ordinal);

    [Fact]
    public void Keyword_ThatTheReaderDoesNotKnow_IsAnErrorAndNotPassedOver() =>
        Assert.Throws<InvalidOperationException>(() =>
            new SchemaReader(Document).Findings(JsonElement.Parse("""{ "oneOf": [] }"""), JsonElement.Parse("1")).ToArray());

    [Theory]
    [InlineData("""{ "deleted": null }""")]
    [InlineData("""{ "expires_in": null }""")]
    [InlineData("""{ "minutes": 1.5 }""")]
    [InlineData("""{ "minutes": 4294967296 }""")]
    [InlineData("""{ "created": null }""")]
    [InlineData("""{ "updated": "2030-01-01T08:00:00.000Z" }""")]
    [InlineData("""{ "updated": "2030-01-01T08:00:00+00:00" }""")]
    [InlineData("""{ "start": "2030-01-01T08:00Z" }""")]
    [InlineData("""{ "end": { "time": "2030-01-01T08:00:00Z", "tzid": null } }""")]
    [InlineData("""{ "events": [{ "event_uid": "e", "summary": "x", "start": "2030-01-01", "end": "2030-01-02", "created": "2030-01-01T08:00:00Z" }] }""")]
    [InlineData("""{ "pages": { "current": 1, "total": 2 } }""")]
    [InlineData("""{ "pages": { "current": 1, "total": 2, "next_page": "https://example.com/p?x=1" } }""")]
    public void Answer_ThatOneOfTheLibrariesCannotRead_IsFound(string answer) =>
        Assert.NotEmpty(StrictReader.Findings(JsonElement.Parse(answer)));

    private static string[] FindingsOf(string answer) =>
        [.. new SchemaReader(Document).Findings(JsonElement.Parse(Schema), JsonElement.Parse(answer))];
}
