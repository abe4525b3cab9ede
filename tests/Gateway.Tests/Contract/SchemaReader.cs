using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CalendarActors.Gateway.Tests.Contract;

/// <summary>Holds JSON against a schema of the document, closed: a member that is not documented is a finding.</summary>
/// <remarks>Knows the keywords that our document uses; another one is an error, so that none is passed over.</remarks>
internal sealed class SchemaReader(JsonElement document)
{
    private static readonly string[] Explaining = ["description", "example", "examples", "title", "default"];

    /// <summary>What does not fit; nothing when all does.</summary>
    public IEnumerable<string> Findings(JsonElement schema, JsonElement value, string path = "$")
    {
        schema = Resolve(schema);
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            foreach (string finding in Findings(keyword, schema, value, path))
            {
                yield return finding;
            }
        }

        if (value.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out _))
        {
            foreach (string finding in Members(schema, value, path))
            {
                yield return finding;
            }
        }
    }

    /// <summary>What a reference stands for.</summary>
    public JsonElement Resolve(JsonElement part)
    {
        while (part.TryGetProperty("$ref", out JsonElement reference))
        {
            part = document;
            foreach (string step in reference.GetString()!.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                part = part.GetProperty(step);
            }
        }

        return part;
    }

    private IEnumerable<string> Findings(JsonProperty keyword, JsonElement schema, JsonElement value, string path)
    {
        JsonElement wanted = keyword.Value;
        string? text = value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        double? number = value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;
        switch (keyword.Name)
        {
            case "type":
                return Unless(Types(wanted).Any(type => Is(type, value)), $"is no {wanted.GetRawText()}");
            case "format":
                return Unless(text is null || HasFormat(wanted.GetString()!, text), $"is no {wanted.GetString()}");
            case "pattern":
                return Unless(text is null || Regex.IsMatch(text, wanted.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), $"does not match {wanted.GetString()}");
            case "enum":
                return Unless(wanted.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)), $"is none of {wanted.GetRawText()}");
            case "maxLength":
                return Unless(text is null || text.Length <= wanted.GetInt32(), $"is longer than {wanted.GetInt32()}");
            case "minimum":
                return Unless(number is null || number >= wanted.GetDouble(), $"is less than {wanted.GetRawText()}");
            case "maximum":
                return Unless(number is null || number <= wanted.GetDouble(), $"is more than {wanted.GetRawText()}");
            case "maxItems":
                return Unless(value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() <= wanted.GetInt32(), "has too many entries");
            case "maxProperties":
                return Unless(value.ValueKind is not JsonValueKind.Object || value.GetPropertyCount() <= wanted.GetInt32(), "has too many members");
            case "items":
                return value.ValueKind is JsonValueKind.Array
                    ? value.EnumerateArray().SelectMany((item, index) => Findings(wanted, item, $"{path}[{index}]"))
                    : [];
            case "anyOf":
                return Unless(wanted.EnumerateArray().Any(one => !Findings(one, value, path).Any()), "fits none of the alternatives");
            case "required":
                return value.ValueKind is JsonValueKind.Object
                    ? wanted.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _))
                        .Select(name => $"{path}.{name} is missing")
                    : [];
            case "properties" or "additionalProperties":
                return [];
            default:
                return Explaining.Contains(keyword.Name)
                    ? []
                    : throw new InvalidOperationException($"{keyword.Name} in {schema.GetRawText()} is a keyword that this reader does not know.");
        }

        IEnumerable<string> Unless(bool isGood, string what) => isGood ? [] : [$"{path} {what}: {value.GetRawText()}"];
    }

    private IEnumerable<string> Members(JsonElement schema, JsonElement value, string path)
    {
        bool hasOthers = schema.TryGetProperty("additionalProperties", out JsonElement others);
        JsonElement known = schema.TryGetProperty("properties", out JsonElement properties) ? properties : default;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string at = $"{path}.{member.Name}";
            if (known.ValueKind is JsonValueKind.Object && known.TryGetProperty(member.Name, out JsonElement shape))
            {
                foreach (string finding in Findings(shape, member.Value, at))
                {
                    yield return finding;
                }
            }
            else if (hasOthers && others.ValueKind is JsonValueKind.Object)
            {
                foreach (string finding in Findings(others, member.Value, at))
                {
                    yield return finding;
                }
            }
            else
            {
                yield return $"{at} is not documented: {member.Value.GetRawText()}";
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new InvalidOperationException($"{type} is no type."),
    };

    private static bool HasFormat(string format, string text) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        _ => true,
    };
}
