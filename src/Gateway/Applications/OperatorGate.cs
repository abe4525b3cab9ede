using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CalendarActors.Gateway.Applications;

/// <summary>Lets only the operator's key through, compared in constant time.</summary>
internal sealed class OperatorGate(IOptions<OperatorOptions> options) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        string header = http.Request.Headers.Authorization.ToString();
        bool isOperator = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), _key);
        if (isOperator)
        {
            return await next(context);
        }

        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"operator\"";
        return OperatorResults.Error(StatusCodes.Status401Unauthorized, "unauthorized", "The operator key is missing or wrong.");
    }
}
