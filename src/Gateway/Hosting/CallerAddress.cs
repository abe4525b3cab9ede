using Microsoft.AspNetCore.HttpOverrides;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Whose network address a request comes from, behind a proxy on the same machine.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// Takes <c>X-Forwarded-For</c> from loopback only, and nothing else of that kind: scheme and host are
    /// <c>CalendarActors:PublicUrl</c>, whatever a request says.
    /// </summary>
    public static void UseCallerAddress(this IApplicationBuilder app) =>
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
}
