namespace CalendarActors.Gateway.Api;

/// <summary>A member of an object in the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its shape.</param>
/// <param name="Text">What it means; null when its name says it.</param>
/// <param name="IsRequired">True when it is always there.</param>
internal sealed record ApiField(string Name, ApiSchema Schema, string? Text, bool IsRequired)
{
    /// <summary>A member that is always there.</summary>
    public static ApiField Must(string name, ApiSchema schema, string? text = null) => new(name, schema, text, true);

    /// <summary>A member that may be left out.</summary>
    public static ApiField May(string name, ApiSchema schema, string? text = null) => new(name, schema, text, false);
}
