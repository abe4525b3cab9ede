namespace CalendarActors.Gateway.Api;

/// <summary>What a mapped call is, for whoever finds it again among the endpoints.</summary>
/// <param name="Method">Its HTTP method.</param>
/// <param name="Pattern">Its path.</param>
/// <param name="Endpoint">What it runs.</param>
internal sealed record ApiOperation(string Method, string Pattern, Func<ApiCall, Task> Endpoint);
