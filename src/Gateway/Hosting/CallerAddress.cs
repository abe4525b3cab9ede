using Microsoft.AspNetCore.HttpOverrides;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Where a request comes from and where its person sees it arrive, behind a proxy that may end TLS.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// Takes <c>X-Forwarded-For</c> from loopback only, and nothing else of that kind: scheme and host are
    /// <c>CalendarActors:PublicUrl</c>, whatever a request says.
    /// </summary>
    public static void UseCallerAddress(this IApplicationBuilder app, bool isHttps)
    {
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        if (isHttps)
        {
            // Antiforgery sets its Secure cookie on no request that came by http, which is what the proxy speaks to us.
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }
    }
}
