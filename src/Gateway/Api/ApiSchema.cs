using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CalendarActors.Gateway.Api;

/// <summary>A shape of JSON in the OpenAPI document.</summary>
/// <remarks>
/// One with a name stands among the document's components, once, as soon as something refers to it. Objects stay open in
/// the document, because clients must bear new members; the tests of the gateway read its answers as if they were closed.
/// </remarks>
internal sealed class ApiSchema
{
    private readonly string? _name;
    private readonly Func<OpenApiDocument, OpenApiSchema> _describe;

    private ApiSchema(string? name, Func<OpenApiDocument, OpenApiSchema> describe)
    {
        _name = name;
        _describe = describe;
    }

    /// <summary>True or false.</summary>
    public static ApiSchema Flag { get; } = new(null, _ => new OpenApiSchema { Type = JsonSchemaType.Boolean });

    /// <summary>A moment in whole seconds, in UTC.</summary>
    public static ApiSchema Moment { get; } = Formatted("date-time", 20, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");

    /// <summary>A day.</summary>
    public static ApiSchema Day { get; } = Formatted("date", 10, @"^\d{4}-\d\d-\d\d$");

    /// <summary>An absolute address.</summary>
    public static ApiSchema Url { get; } = Formatted("uri", 2048, null);

    /// <summary>Text of at most so many characters.</summary>
    public static ApiSchema Text(int maxLength) => Formatted(null, maxLength, null);

    /// <summary>Text of one form.</summary>
    public static ApiSchema Formatted(string? format, int maxLength, string? pattern) => new(null, _ => new OpenApiSchema
    {
        Type = JsonSchemaType.String,
        Format = format,
        MaxLength = maxLength,
        Pattern = pattern,
    });

    /// <summary>One of these words.</summary>
    public static ApiSchema Word(params string[] words) => new(null, _ => new OpenApiSchema
    {
        Type = JsonSchemaType.String,
        Enum = [.. words.Select(word => (JsonNode)word)],
    });

    /// <summary>A whole number between two, both included.</summary>
    public static ApiSchema Integer(int minimum, int maximum) => new(null, _ => new OpenApiSchema
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Minimum = minimum.ToString(CultureInfo.InvariantCulture),
        Maximum = maximum.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>A number that may have a fraction.</summary>
    public static ApiSchema Number(int? minimum = null) => new(null, _ => new OpenApiSchema
    {
        Type = JsonSchemaType.Number,
        Format = "double",
        Minimum = minimum?.ToString(CultureInfo.InvariantCulture),
    });

    /// <summary>A list of at most so many.</summary>
    public static ApiSchema List(ApiSchema item, int maxItems) => new(null, document => new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        Items = item.In(document),
        MaxItems = maxItems,
    });

    /// <summary>An object whose members' names are not known beforehand.</summary>
    public static ApiSchema Map(ApiSchema value, int maxMembers) => new(null, document => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        AdditionalProperties = value.In(document),
        MaxProperties = maxMembers,
    });

    /// <summary>Anything: the text says what.</summary>
    public static ApiSchema Open(string text) => new(null, _ => new OpenApiSchema { Description = text });

    /// <summary>Any of these.</summary>
    public static ApiSchema AnyOf(string name, string text, params ApiSchema[] schemas) => new(name, document => new OpenApiSchema
    {
        Description = text,
        AnyOf = [.. schemas.Select(schema => schema.In(document))],
    });

    /// <summary>An object.</summary>
    public static ApiSchema Object(string name, string text, params ApiField[] fields) => new(name, document => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = text,
        Properties = fields.ToDictionary(field => field.Name, field => field.Schema.Explained(document, field.Text), StringComparer.Ordinal),
        Required = fields.Where(field => field.IsRequired).Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
    });

    /// <summary>What an example shows, where nobody has said more: its members and their types, each of which may be absent.</summary>
    public static ApiSchema Like(JsonNode? example) => example switch
    {
        JsonObject members => new(null, document => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(member => member.Key, member => Like(member.Value).In(document), StringComparer.Ordinal),
        }),
        JsonArray items => List(Like(items.FirstOrDefault()), 1000),
        JsonValue value when value.TryGetValue(out bool _) => Flag,
        JsonValue value when value.TryGetValue(out int _) => Integer(int.MinValue, int.MaxValue),
        JsonValue value when value.TryGetValue(out double _) => Number(int.MinValue),
        _ => Text(8192),
    };

    /// <summary>This, or null.</summary>
    public ApiSchema OrNull() => new(null, document =>
    {
        OpenApiSchema schema = _describe(document);
        schema.Type |= JsonSchemaType.Null;
        return schema;
    });

    /// <summary>Where a document needs it: a reference for one with a name, else the shape itself.</summary>
    public IOpenApiSchema In(OpenApiDocument document)
    {
        if (_name is null)
        {
            return _describe(document);
        }

        IDictionary<string, IOpenApiSchema> known = (document.Components ??= new()).Schemas
            ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        if (!known.ContainsKey(_name))
        {
            known[_name] = _describe(document);
        }

        return new OpenApiSchemaReference(_name, document);
    }

    // Beside a reference nothing may stand that older readers would drop; a component has a text of its own.
    private IOpenApiSchema Explained(OpenApiDocument document, string? text)
    {
        IOpenApiSchema schema = In(document);
        if (schema is OpenApiSchema shape)
        {
            shape.Description ??= text;
        }

        return schema;
    }
}
