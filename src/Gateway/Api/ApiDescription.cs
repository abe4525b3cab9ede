namespace CalendarActors.Gateway.Api;

/// <summary>How the OpenAPI document describes an endpoint.</summary>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Summary">One line.</param>
/// <param name="Text">Rules that the summary leaves out.</param>
/// <param name="Status">The status of success.</param>
internal sealed record ApiDescription(string Tag, string Summary, string Text, int Status)
{
    /// <summary>Query parameters.</summary>
    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>An example of the body as JSON; null when it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>An example of the answer as JSON; null when it is empty.</summary>
    public string? Answer { get; init; }

    /// <summary>The statuses of failure beside those that every call may have.</summary>
    public IReadOnlyList<int> Failures { get; init; } = [];
}
