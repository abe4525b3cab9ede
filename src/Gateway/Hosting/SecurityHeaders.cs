using CalendarActors.Gateway.Operators;

namespace CalendarActors.Gateway.Hosting;

/// <summary>Headers that every answer carries.</summary>
/// <remarks>
/// There is no <c>form-action</c>: Chromium applies it to the redirect after a form as well, and consent redirects to the
/// application. <c>same-origin</c> rather than <c>no-referrer</c>, which makes a form's <c>Origin</c> read <c>null</c>.
/// </remarks>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>For the reading page of the API, which is a script of ours and asks nobody else.</summary>
    private const string DocumentationPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For the Orleans Dashboard: scripts and fonts of its own, and styles that it sets while it draws.</summary>
    private const string DashboardPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, bool isHttps) =>
        app.Use((context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.ContentSecurityPolicy = PolicyOf(context.Request.Path);
            if (isHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }

            return next(context);
        });

    private static string PolicyOf(PathString path) =>
        path.StartsWithSegments("/docs", StringComparison.Ordinal) ? DocumentationPolicy
        : path.StartsWithSegments(DashboardEndpoints.Path, StringComparison.Ordinal) ? DashboardPolicy
        : Policy;
}
