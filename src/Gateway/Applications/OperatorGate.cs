using CalendarActors.Gateway.Operators;

namespace CalendarActors.Gateway.Applications;

/// <summary>Lets only the operator's key through.</summary>
internal sealed class OperatorGate(OperatorKey key) : IEndpointFilter
{
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        string header = http.Request.Headers.Authorization.ToString();
        if (header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && key.Is(header[Scheme.Length..].Trim()))
        {
            return await next(context);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"operator\"";
        return OperatorResults.Error(StatusCodes.Status401Unauthorized, "unauthorized", "The operator key is missing or wrong.");
    }
}
