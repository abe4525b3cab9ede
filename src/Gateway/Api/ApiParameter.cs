namespace CalendarActors.Gateway.Api;

/// <summary>How a query parameter is described.</summary>
/// <param name="Name">As written in the query.</param>
/// <param name="Type">
/// <c>string</c>, <c>date</c>, <c>date-time</c>, <c>boolean</c>, <c>integer</c> or <c>array</c> of strings.
/// </param>
/// <param name="Text">What it means, with its default.</param>
/// <param name="IsRequired">True when a call without it is refused.</param>
internal sealed record ApiParameter(string Name, string Type, string Text, bool IsRequired = false)
{
    /// <summary>As many as a request line holds.</summary>
    private const int MaxItems = 500;

    private const int MaxText = 255;

    /// <summary>Its shape.</summary>
    public ApiSchema Schema => Type switch
    {
        "boolean" => ApiSchema.Flag,
        "integer" => ApiSchema.Integer(1, int.MaxValue),
        "array" => ApiSchema.List(ApiSchema.Text(MaxText), MaxItems),
        "date" => ApiSchema.Formatted("date", MaxText, null),
        "date-time" => ApiSchema.Formatted("date-time", MaxText, null),
        _ => ApiSchema.Text(MaxText),
    };
}
