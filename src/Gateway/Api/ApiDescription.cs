namespace CalendarActors.Gateway.Api;

/// <summary>How the OpenAPI document describes an endpoint.</summary>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Text">Rules that the summary leaves out.</param>
/// <param name="Status">The status of success; of refusal for what is not offered.</param>
/// <remarks>
/// Where a schema is not given, the example's members are the schema. Tests send the example of a body, compare what comes
/// back with the example of the answer, and hold every answer against its schema.
/// </remarks>
internal sealed record ApiDescription(string Tag, string Summary, string Text, int Status)
{
    /// <summary>What a caller shows to be let in.</summary>
    public ApiAccess Access { get; init; } = ApiAccess.AccessToken;

    /// <summary>Query parameters.</summary>
    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>An example of the body as JSON; null when it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>The shape of the body; null for that of its example.</summary>
    public ApiSchema? BodySchema { get; init; }

    /// <summary>An example of the answer as JSON; null when it is empty.</summary>
    public string? Answer { get; init; }

    /// <summary>The shape of the answer; null for that of its example.</summary>
    public ApiSchema? AnswerSchema { get; init; }

    /// <summary>The shape of the body of an answer that is empty unless the request asks for more; null when it never does.</summary>
    public ApiSchema? AskedAnswerSchema { get; init; }

    /// <summary>The statuses of failure beside those that every call of its access may have.</summary>
    public IReadOnlyList<int> Failures { get; init; } = [];

    /// <summary>The shapes of failures that have one of their own, by status.</summary>
    public IReadOnlyDictionary<int, ApiSchema> FailureSchemas { get; init; } = new Dictionary<int, ApiSchema>();
}
