using Microsoft.AspNetCore.HttpOverrides;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Where a request comes from and where its person sees it arrive, behind a proxy that may end TLS.</summary>
internal static class CallerAddress
{
    /// <summary>
    /// Takes <c>X-Forwarded-For</c> from loopback and the trusted proxies only, and nothing else of that kind: scheme and
    /// host are <c>CalendarActors:PublicUrl</c>, whatever a request says.
    /// </summary>
    public static void UseCallerAddress(this IApplicationBuilder app, bool isHttps, ProxyOptions proxies)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        foreach (System.Net.IPNetwork network in proxies.Networks())
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
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
